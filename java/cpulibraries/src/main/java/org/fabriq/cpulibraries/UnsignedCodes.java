// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.fabriq.tensor.Int8Tensor;

/** Turns int8 codes to unsigned ones, code + 128, and back: both flip the top bit. */
final class UnsignedCodes {
  private UnsignedCodes() {}

  /** The other form, in a new tensor of the same shape. */
  static Int8Tensor flipped(Int8Tensor codes) {
    Int8Tensor flipped = Int8Tensor.allocate(codes.shape());
    for (int i = 0; i < codes.size(); i++) {
      flipped.set(i, (byte) (codes.get(i) ^ Byte.MIN_VALUE));
    }
    return flipped;
  }
}
