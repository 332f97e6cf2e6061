// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names the types of numbers that arrays of samples and labels may have. */
enum NpyNumber {
  BOOL("|b1", 1),
  UINT8("|u1", 1),
  INT8("|i1", 1),
  UINT16("<u2", 2),
  INT16("<i2", 2),
  UINT32("<u4", 4),
  INT32("<i4", 4),
  INT64("<i8", 8),
  FLOAT32("<f4", 4),
  FLOAT64("<f8", 8);

  private final String dtype;
  private final int bytes;

  NpyNumber(String dtype, int bytes) {
    this.dtype = dtype;
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  boolean whole() {
    return this != FLOAT32 && this != FLOAT64;
  }

  /** The numpy word, as {@code uint8}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NpyNumber ofDtype(String quoted, Location where) {
    return Arrays.stream(values())
        .filter(number -> quoted.equals("'" + number.dtype + "'"))
        .findFirst()
        .orElseThrow(
            () ->
                where.error(
                    "dtype",
                    quoted,
                    Arrays.stream(values()).map(NpyNumber::word).collect(Collectors.joining(", ")),
                    "convert the array with astype('float32') or astype('int64')"));
  }

  /** Element {@code i} of little-endian data; exact but for int64 beyond 2^53. */
  double get(ByteBuffer data, int i) {
    return switch (this) {
      case FLOAT32 -> data.getFloat(4 * i);
      case FLOAT64 -> data.getDouble(8 * i);
      default -> whole(data, i);
    };
  }

  /** Element {@code i} of little-endian data, of a type that is {@link #whole()}. */
  long whole(ByteBuffer data, int i) {
    return switch (this) {
      case BOOL, UINT8 -> data.get(i) & 0xff;
      case INT8 -> data.get(i);
      case UINT16 -> data.getShort(2 * i) & 0xffff;
      case INT16 -> data.getShort(2 * i);
      case UINT32 -> data.getInt(4 * i) & 0xffff_ffffL;
      case INT32 -> data.getInt(4 * i);
      case INT64 -> data.getLong(8 * i);
      case FLOAT32, FLOAT64 -> throw new IllegalStateException(this + " has fractions");
    };
  }
}
