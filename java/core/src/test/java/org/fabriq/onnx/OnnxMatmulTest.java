// SPDX-License-Identifier: Apache-2.0
package org.fabriq.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.kernel.Int8Output;
import org.fabriq.kernel.ReferenceMatmul;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MatMulInteger and QLinearMatMul. */
class OnnxMatmulTest {
  private final SplittableRandom random = Seed.random("OnnxMatmulTest");

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 0, 0",
    "1, 1, 1, -128, 127",
    "3, 1, 5, 127, -128",
    "7, 13, 9, -5, 0",
    "4, 129, 17, 0, 3",
    "33, 64, 65, -128, -128",
    "2, 1000, 3, 127, 127"
  })
  void matMulInteger(int m, int k, int n, int zeroA, int zeroB) {
    for (Signs signs : Signs.values()) {
      Int8Tensor a = Signs.inputs(random, m, k);
      Int8Tensor b = signs.weights(random, k, n);
      int[] zeros = random.ints(n, -128, 128).toArray();
      compareMatMulInteger(signs, a, b, zeroA, zeros, true);
      Arrays.fill(zeros, zeroB);
      compareMatMulInteger(signs, a, b, zeroA, zeros, false);
    }
  }

  private static void compareMatMulInteger(
      Signs signs, Int8Tensor a, Int8Tensor b, int zeroA, int[] zeroB, boolean perColumn) {
    Int32Tensor c = Int32Tensor.allocate(a.rows(), b.columns());
    ReferenceMatmul.multiply(a, WeightsI8I8.raw(b, zeroA, zeroB, null), c);
    OnnxArray zeros = OnnxArray.codes(perColumn ? zeroB : new int[] {zeroB[0]});
    OnnxArray theirs = matMulInteger(signs, a, b, OnnxArray.codes(zeroA), zeros);
    for (int i = 0; i < c.size(); i++) {
      assertThat(theirs.get(i)).as("%s, element %d", signs, i).isEqualTo(c.get(i));
    }
  }

  private static OnnxArray matMulInteger(
      Signs signs, Int8Tensor a, Int8Tensor b, OnnxArray zeroA, OnnxArray zeroB) {
    return new OnnxOperator("MatMulInteger")
        .run(
            List.of(OnnxJavaType.INT32),
            signs.a(OnnxArray.of(a)),
            signs.b(OnnxArray.of(b)),
            signs.a(zeroA),
            signs.b(zeroB))
        .get(0);
  }

  @Test
  void pairsOfProductsSaturateInOnnxRuntimeWithoutVnni() {
    Int8Tensor a = Int8Tensor.of(new byte[] {127, 127}, 1, 2);
    Int8Tensor b = Int8Tensor.of(new byte[] {127, 127}, 2, 1);
    Int32Tensor c = Int32Tensor.allocate(1, 1);
    ReferenceMatmul.multiply(a, WeightsI8I8.raw(b, -128, null, null), c);
    assertThat(c.get(0)).isEqualTo(2 * 255 * 127);
    OnnxArray zero = OnnxArray.codes(0);
    OnnxArray theirs = matMulInteger(Signs.UNSIGNED_INPUTS, a, b, OnnxArray.codes(-128), zero);
    assertThat(theirs.get(0)).isIn(2 * 255 * 127, (int) Short.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 0, 0, 0, 0.5", "5, 1, 7, -128, 0, 127, 0.25", "9, 31, 6, 3, 0, -128, 0.125",
    "16, 64, 33, 127, -9, 5, 0.013", "3, 200, 10, -128, 4, -7, 0.0071", "8, 17, 8, 0, 0, 0, 1"
  })
  void qLinearMatMul(int m, int k, int n, int zeroA, int zeroB, int zeroC, float scaleB) {
    for (Signs signs : Signs.values()) {
      Int8Tensor a = Signs.inputs(random, m, k);
      Int8Tensor b = signs.weights(random, k, n);
      float[] scales = new float[n];
      Arrays.fill(scales, scaleB);
      compareQLinearMatMul(signs, a, b, zeroA, zeroB, zeroC, scales, false);
      for (int i = 0; i < n; i++) {
        scales[i] = (float) random.nextDouble(0.001, 0.5);
      }
      compareQLinearMatMul(signs, a, b, zeroA, zeroB, zeroC, scales, true);
    }
  }

  private static void compareQLinearMatMul(
      Signs signs,
      Int8Tensor a,
      Int8Tensor b,
      int zeroA,
      int zeroB,
      int zeroC,
      float[] scales,
      boolean perColumn) {
    List<Requantization> multipliers = new ArrayList<>();
    for (float scale : scales) {
      multipliers.add(Requantization.of(0.5f, scale, 2));
    }
    int[] zeros = new int[scales.length];
    Arrays.fill(zeros, zeroB);
    Int8Output output = new Int8Output(multipliers, zeroC, -128, 127);
    Int8Tensor ours = Int8Tensor.allocate(a.rows(), b.columns());
    Int32Tensor acc = Int32Tensor.allocate(a.rows(), b.columns());
    ReferenceMatmul.multiply(a, WeightsI8I8.requantized(b, zeroA, zeros, null, output), ours);
    ReferenceMatmul.multiply(a, WeightsI8I8.raw(b, zeroA, zeros, null), acc);
    OnnxArray theirs =
        new OnnxOperator("QLinearMatMul")
            .run(
                List.of(signs.unsignedA() ? OnnxJavaType.UINT8 : OnnxJavaType.INT8),
                signs.a(OnnxArray.of(a)),
                OnnxArray.floats(0.5f),
                signs.a(OnnxArray.codes(zeroA)),
                signs.b(OnnxArray.of(b)),
                OnnxArray.floats(perColumn ? scales : new float[] {scales[0]}),
                signs.b(OnnxArray.codes(perColumn ? zeros : new int[] {zeroB})),
                OnnxArray.floats(2),
                signs.a(OnnxArray.codes(zeroC)))
            .get(0);
    for (int i = 0; i < ours.size(); i++) {
      float multiplier = multipliers.get(i % scales.length).multiplier();
      int found = theirs.get(i) - (signs.unsignedA() ? 128 : 0);
      SinglePrecision.check(acc.get(i), multiplier, zeroC, found, ours.get(i));
    }
  }
}
