// SPDX-License-Identifier: Apache-2.0
package org.fabriq.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import java.util.Collections;
import java.util.List;
import org.fabriq.kernel.Int8Output;
import org.fabriq.kernel.ReferenceMatmul;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.quant.AffineQuantizer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The node vectors that ONNX published which differ from the contract, as numerics.md says. */
class OnnxNodeVectorTest {
  private static final Int8Tensor A =
      Int8Tensor.of(new byte[] {81, 109, -127, 111, -124, 87, -128, -98}, 2, 4);
  private static final Int8Tensor B =
      Int8Tensor.of(new byte[] {25, -76, 117, -67, -101, -128, -127, 0, 119, 0, 127, 120}, 4, 3);
  private static final int ZERO_A = -14;
  private static final int ZERO_B = -13;
  private static final int ZERO_C = -9;

  /** Older vectors have 20 for -236, modulo 256; the second scales are those of fp16. */
  @ParameterizedTest
  @CsvSource({"0.0066, 0.00705, 0.0107", "0.006599426, 0.007049561, 0.010696411"})
  void qLinearMatMulSaturates(float scaleA, float scaleB, float scaleC) {
    Requantization multiplier = Requantization.of(scaleA, scaleB, scaleC);
    Int8Output output = new Int8Output(Collections.nCopies(3, multiplier), ZERO_C, -128, 127);
    int[] zeroB = {ZERO_B, ZERO_B, ZERO_B};
    Int8Tensor c = Int8Tensor.allocate(2, 3);
    ReferenceMatmul.multiply(A, WeightsI8I8.requantized(B, ZERO_A, zeroB, null, output), c);
    byte[] codes = new byte[6];
    c.memory().get(0, codes);
    assertThat(codes).containsExactly(41, -12, -9, 1, -75, -128);
  }

  @Test
  void onnxRuntimeSaturatesToo() {
    OnnxArray theirs =
        new OnnxOperator("QLinearMatMul")
            .run(
                List.of(OnnxJavaType.INT8),
                OnnxArray.of(A),
                OnnxArray.floats(0.0066f),
                OnnxArray.codes(ZERO_A),
                OnnxArray.of(B),
                OnnxArray.floats(0.00705f),
                OnnxArray.codes(ZERO_B),
                OnnxArray.floats(0.0107f),
                OnnxArray.codes(ZERO_C))
            .get(0);
    assertThat(theirs.get(5)).isEqualTo(-128);
    assertThat(theirs.get(4)).isEqualTo(-75);
  }

  /** 0.5 / S is 25.4999991, and 25.5 once fp32 has rounded it. */
  @Test
  void dynamicQuantizeLinearRoundsTwice() {
    Float32Tensor x = Float32Tensor.of(new float[] {0, 2, -3, -2.5f, 1.34f, 0.5f}, 6);
    List<OnnxArray> theirs =
        new OnnxOperator("DynamicQuantizeLinear")
            .run(
                List.of(OnnxJavaType.UINT8, OnnxJavaType.FLOAT, OnnxJavaType.UINT8),
                OnnxArray.of(x));
    Encoding ours = new AffineQuantizer(8, false).fit(x);
    assertThat(theirs.get(1).getFloat(0)).isEqualTo(ours.scale(0)).isEqualTo(0.019607844f);
    assertThat(theirs.get(2).get(0)).isEqualTo(ours.zeroPoint(0)).isEqualTo(153);
    int[] published = {153, 255, 0, 26, 221, 179};
    int[] exact = {153, 255, 0, 26, 221, 178};
    for (int i = 0; i < published.length; i++) {
      assertThat(theirs.get(0).get(i)).as("element %d", i).isEqualTo(published[i]);
      assertThat(ours.quantize(x.get(i), 0)).as("element %d", i).isEqualTo(exact[i]);
    }
    assertThat(x.get(5) / ours.scale(0)).isEqualTo(25.5f);
    assertThat(x.get(5) / (double) ours.scale(0)).isLessThan(25.4999992);
  }
}
