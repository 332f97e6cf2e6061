// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import java.nio.ByteBuffer;
import java.util.Locale;

/** What the elements of a {@link Constant} are, little-endian. */
public enum ElementType {
  FLOAT32(32),
  FLOAT64(64),
  INT8(8),
  UINT8(8),
  /** Codes of 4 bits, each in a byte. */
  INT4(4),
  /** Unsigned codes of 4 bits, each in a byte. */
  UINT4(4),
  /** Codes of 2 bits, each in a byte. */
  INT2(2),
  /** Unsigned codes of 2 bits, each in a byte. */
  UINT2(2),
  INT16(16),
  UINT16(16),
  INT32(32),
  INT64(64);

  private final int bits;

  ElementType(int bits) {
    this.bits = bits;
  }

  /** The bits of an element that count. */
  public int bits() {
    return bits;
  }

  /** Whether elements may be below 0. */
  public boolean isSigned() {
    return !name().startsWith("U");
  }

  /** The bytes of an element. */
  public int bytes() {
    return Math.max(1, bits / 8);
  }

  /** Whether elements are integers. */
  public boolean isInteger() {
    return this != FLOAT32 && this != FLOAT64;
  }

  /** The word for people, as {@code int8}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Element {@code i} of data; exact but for INT64 beyond 2^53. */
  double real(ByteBuffer data, int i) {
    return switch (this) {
      case FLOAT32 -> data.getFloat(4 * i);
      case FLOAT64 -> data.getDouble(8 * i);
      default -> integer(data, i);
    };
  }

  /** The same as an integer, without its fraction. */
  long integer(ByteBuffer data, int i) {
    return switch (this) {
      case FLOAT32, FLOAT64 -> (long) real(data, i);
      case UINT8 -> Byte.toUnsignedInt(data.get(i));
      case INT8, INT4, UINT4, INT2, UINT2 -> data.get(i);
      case INT16 -> data.getShort(2 * i);
      case UINT16 -> Short.toUnsignedInt(data.getShort(2 * i));
      case INT32 -> data.getInt(4 * i);
      case INT64 -> data.getLong(8 * i);
    };
  }
}
