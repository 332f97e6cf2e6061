// SPDX-License-Identifier: Apache-2.0
package org.fabriq.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
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

/**
 * Pins the difference between FabriQ and ONNX Runtime: it rounds quotients, products and ranges to
 * fp32 before it rounds them to integers; FabriQ rounds the exact number once.
 */
class OnnxRoundingTest {
  /** The last version that reports nothing to its maker. */
  @Test
  void theVersionIsTheOneWithoutTelemetry() {
    assertThat(OrtEnvironment.getEnvironment().getVersion()).isEqualTo("1.28.0");
  }

  @ParameterizedTest
  @CsvSource({
    "-22.154926, 0.23198876, -96, -95", // exactly -95.49999968
    "2.8515818, 0.10369389, 28, 27", // 27.49999907
    "76.93505, 0.7732166, 100, 99", // 99.49999838
  })
  void aQuotientNearATie(float x, float scale, int theirs, int ours) {
    Float32Tensor values = Float32Tensor.of(new float[] {x}, 1);
    OnnxArray code =
        new OnnxOperator("QuantizeLinear")
            .run(
                List.of(OnnxJavaType.INT8),
                OnnxArray.of(values),
                OnnxArray.floats(scale),
                OnnxArray.codes(0))
            .get(0);
    assertThat(code.get(0)).isEqualTo(theirs);
    assertThat(Encoding.perTensor(8, true, scale, 0).quantize(x, 0)).isEqualTo(ours);
  }

  @ParameterizedTest
  @CsvSource({
    "-13115, 0.00453679, -60, -59", // exactly -59.49999878
    "-12310, 0.0057270513, -70, -71", // -70.50000140
    "8347, 0.0038936145, 32, 33", // 32.50000035
    "37396486, 1.5910585e-6, 60, 59", // 59.49999875; the accumulator is over 2^24
  })
  void aProductNearATie(int acc, float multiplier, int theirs, int ours) {
    assertThat(SinglePrecision.requantized(acc, multiplier, 0, -128, 127)).isEqualTo(theirs);
    assertThat(Requantization.of(multiplier).apply(acc)).isEqualTo(ours);
  }

  @Test
  void aProductNearATieInAMatrix() {
    Int8Tensor a = Int8Tensor.of(new byte[] {105, 1}, 1, 2);
    Int8Tensor b = Int8Tensor.of(new byte[] {79, 52}, 2, 1);
    float multiplier = 0.0038936145f;
    OnnxArray zero = OnnxArray.codes(0);
    OnnxArray one = OnnxArray.floats(1);
    OnnxArray theirs =
        new OnnxOperator("QLinearMatMul")
            .run(
                List.of(OnnxJavaType.INT8),
                OnnxArray.of(a),
                one,
                zero,
                OnnxArray.of(b),
                OnnxArray.floats(multiplier),
                zero,
                one,
                zero)
            .get(0);
    Int8Output output = new Int8Output(List.of(Requantization.of(multiplier)), 0, -128, 127);
    Int8Tensor ours = Int8Tensor.allocate(1, 1);
    ReferenceMatmul.multiply(a, WeightsI8I8.requantized(b, 0, null, null, output), ours);
    assertThat(105 * 79 + 52).isEqualTo(8347);
    assertThat(theirs.get(0)).isEqualTo(32);
    assertThat(ours.get(0)).isEqualTo((byte) 33);
  }

  @Test
  void aRangeThatFp32Rounds() {
    Float32Tensor x = Float32Tensor.of(new float[] {-1.9947666f, 2.615987f}, 2);
    List<OnnxArray> theirs =
        new OnnxOperator("DynamicQuantizeLinear")
            .run(
                List.of(OnnxJavaType.UINT8, OnnxJavaType.FLOAT, OnnxJavaType.UINT8),
                OnnxArray.of(x));
    assertThat(theirs.get(1).getFloat(0)).isEqualTo(0.018081386f);
    assertThat(new AffineQuantizer(8).fit(x).scale(0)).isEqualTo(0.018081388f);
  }
}
