// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Results worked out by hand. */
class ReferenceMatmulTest {
  @Test
  void f32f32() {
    Float32Tensor a = Float32Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Float32Tensor b = Float32Tensor.of(new float[] {1, -1, 2, 0.5f, 0, 3}, 3, 2);
    assertThat(run(a, new WeightsF32F32(b, null))).containsExactly(5, 9, 14, 16.5f);
    assertThat(run(a, new WeightsF32F32(b, new float[] {1, -9}))).containsExactly(6, 0, 15, 7.5f);
  }

  @Test
  void f32f32TakesKInAscendingOrderAndDoesNotFuse() {
    Float32Tensor ones = Float32Tensor.of(new float[] {1, 1, 1}, 3, 1);
    Float32Tensor a = Float32Tensor.of(new float[] {0x1p24f, 1, -0x1p24f}, 1, 3);
    assertThat(run(a, new WeightsF32F32(ones, null))).containsExactly(0);
    float x = 1 + 0x1p-12f;
    Float32Tensor squares = Float32Tensor.of(new float[] {-1 - 0x1p-11f, x}, 2, 1);
    Float32Tensor b = Float32Tensor.of(new float[] {1, x}, 1, 2);
    assertThat(run(b, new WeightsF32F32(squares, null))).containsExactly(0);
  }

  @Test
  void f32f32KeepsNanInfinityAndFlushes() {
    float infinity = Float.POSITIVE_INFINITY;
    Float32Tensor a = Float32Tensor.of(new float[] {0, infinity, Float.MIN_VALUE, 0x1p-100f}, 4, 1);
    Float32Tensor b = Float32Tensor.of(new float[] {infinity, -1, 0x1p-100f}, 1, 3);
    assertThat(run(a, new WeightsF32F32(b, null)))
        .containsExactly(
            Float.NaN,
            0,
            0,
            infinity,
            -infinity,
            infinity,
            Float.NaN,
            0,
            0,
            infinity,
            -0x1p-100f,
            0);
  }

  @Test
  void f32i8() {
    Float32Tensor a = Float32Tensor.of(new float[] {0.5f, 2}, 1, 2);
    Int8Tensor b = Int8Tensor.of(new byte[] {-128, 127, 3, -4}, 2, 2);
    float[] scale = {0.5f, 2};
    float[] bias = {10, 0.25f};
    assertThat(run(a, new WeightsF32I8(b, scale, null, null))).containsExactly(-29, 111);
    int[] zeros = {127, -128};
    assertThat(run(a, new WeightsF32I8(b, scale, zeros, bias)))
        .containsExactly((-127.5f - 248) * 0.5f + 10, (127.5f + 248) * 2 + 0.25f);
  }

  @Test
  void i8i8() {
    Int8Tensor a = Int8Tensor.of(new byte[] {-128, 127, 1, 2}, 2, 2);
    Int8Tensor b = Int8Tensor.of(new byte[] {-128, 3, 127, -2}, 2, 2);
    WeightsI8I8 raw = WeightsI8I8.raw(b, -1, new int[] {2, 0}, new int[] {100, -7});
    Int32Tensor c = Int32Tensor.allocate(2, 2);
    ReferenceMatmul.multiply(a, raw, c);
    assertThat(c.toArray())
        .containsExactly(
            -127 * -130 + 128 * 125 + 100, -127 * 3 + 128 * -2 - 7, 2 * -130 + 3 * 125 + 100, -7);
  }

  @Test
  void i8i8RoundsTiesToEvenAndClamps() {
    Int8Tensor a = Int8Tensor.of(new byte[] {-5, -3, -1, 1, 3, 5, 127, -128}, 8, 1);
    Int8Tensor b = Int8Tensor.of(new byte[] {1, 1}, 1, 2);
    Int8Output output =
        new Int8Output(
            List.of(Requantization.ofPowerOfTwo(1), Requantization.of(3)), 10, -100, 100);
    Int8Tensor c = Int8Tensor.allocate(8, 2);
    ReferenceMatmul.multiply(a, WeightsI8I8.requantized(b, 0, null, null, output), c);
    assertThat(c.toArray())
        .containsExactly(8, -5, 8, 1, 10, 7, 10, 13, 12, 19, 12, 25, 74, 100, -54, -100);
  }

  private static float[] run(Float32Tensor a, MatmulWeights weights) {
    Tensor c = Float32Tensor.allocate(a.rows(), weights.n());
    ReferenceMatmul.multiply(a, weights, c);
    return ((Float32Tensor) c).toArray();
  }
}
