// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import java.nio.ByteBuffer;
import org.fabriq.tensor.Int8Tensor;

/** Turns int8 codes to unsigned ones, code + 128, and back: both flip the top bit. */
final class UnsignedCodes {
  private UnsignedCodes() {}

  /** The other form, in a new tensor of the same shape. */
  static Int8Tensor flipped(Int8Tensor codes) {
    Int8Tensor flipped = Int8Tensor.allocate(codes.shape());
    flip(codes.memory(), flipped.memory());
    return flipped;
  }

  /** The other form of all codes up to the limit of {@code from}. */
  static void flip(ByteBuffer from, ByteBuffer to) {
    int i = 0;
    for (; i <= from.limit() - Long.BYTES; i += Long.BYTES) {
      to.putLong(i, from.getLong(i) ^ 0x8080808080808080L);
    }
    for (; i < from.limit(); i++) {
      to.put(i, (byte) (from.get(i) ^ 0x80));
    }
  }
}
