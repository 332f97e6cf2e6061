// SPDX-License-Identifier: Apache-2.0
package org.fabriq.onnx;

import java.util.SplittableRandom;
import org.fabriq.tensor.Int8Tensor;

/**
 * Which operands ONNX Runtime gets as uint8; they stand for the same values then.
 *
 * <p>On x86 processors without VNNI it adds pairs of uint8 * int8 products in int16, saturating
 * (VPMADDUBSW). Weights of 7 bits keep it from that: 2 * 255 * 64 is below 2^15.
 */
enum Signs {
  BOTH_SIGNED(false, false),
  UNSIGNED_INPUTS(true, false),
  BOTH_UNSIGNED(true, true);

  private final boolean unsignedA;
  private final boolean unsignedB;

  Signs(boolean unsignedA, boolean unsignedB) {
    this.unsignedA = unsignedA;
    this.unsignedB = unsignedB;
  }

  OnnxArray a(OnnxArray codes) {
    return unsignedA ? codes.unsigned() : codes;
  }

  OnnxArray b(OnnxArray codes) {
    return unsignedB ? codes.unsigned() : codes;
  }

  boolean unsignedA() {
    return unsignedA;
  }

  /** Random inputs, many of them at the ends of the range. */
  static Int8Tensor inputs(SplittableRandom random, int... shape) {
    return codes(random, -128, 127, shape);
  }

  /** Random weights, many of them at the ends of the range that has exact results. */
  Int8Tensor weights(SplittableRandom random, int... shape) {
    return this == UNSIGNED_INPUTS
        ? codes(random, -64, 63, shape)
        : codes(random, -128, 127, shape);
  }

  private static Int8Tensor codes(SplittableRandom random, int least, int greatest, int... shape) {
    Int8Tensor codes = Int8Tensor.allocate(shape);
    for (int i = 0; i < codes.size(); i++) {
      int kind = random.nextInt(8);
      int code = kind == 0 ? least : kind == 1 ? greatest : random.nextInt(least, greatest + 1);
      codes.set(i, (byte) code);
    }
    return codes;
  }
}
