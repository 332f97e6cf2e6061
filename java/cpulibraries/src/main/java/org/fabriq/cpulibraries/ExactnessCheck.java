// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * Whether a library's int8 multiplication is exact on this processor. Without VNNI, x86 libraries
 * add pairs of u8 x s8 products in int16, which saturates ({@code VPMADDUBSW}): 2 * 255 * 127 is
 * over 2^15. Extremes in A and B and several shapes show it, for different shapes may take
 * different kernels.
 */
final class ExactnessCheck {
  private static final int[][] SHAPES = {{1, 64, 16}, {4, 257, 65}, {64, 128, 64}, {5, 3, 2}};
  private static final int[] EXTREMES = {-128, 127, -128, 126, 127, -127};

  private ExactnessCheck() {}

  static boolean passes(Function<WeightsI8I8, Product> library) {
    SplittableRandom random = new SplittableRandom(1);
    for (int[] shape : SHAPES) {
      for (int[] pair : new int[][] {{-128, -128}, {127, -128}, {-128, 127}, {127, 127}, {0, 0}}) {
        Int8Tensor a = fill(random, pair[0], shape[0], shape[1]);
        Int8Tensor b = fill(random, pair[1], shape[1], shape[2]);
        WeightsI8I8 weights = WeightsI8I8.raw(b, 0, null, null);
        Int32Tensor expected = Int32Tensor.allocate(shape[0], shape[2]);
        new JavaMatmul(weights).multiply(a, expected);
        Int32Tensor actual = Int32Tensor.allocate(shape[0], shape[2]);
        Product product = library.apply(weights);
        try {
          product.multiply(a, actual);
        } finally {
          product.release();
        }
        if (actual.mismatches(expected) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** One value everywhere, or for 0 extremes drawn at random. */
  private static Int8Tensor fill(SplittableRandom random, int value, int rows, int columns) {
    Int8Tensor tensor = Int8Tensor.allocate(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (byte) (value != 0 ? value : EXTREMES[random.nextInt(EXTREMES.length)]));
    }
    return tensor;
  }
}
