// SPDX-License-Identifier: Apache-2.0
package org.fabriq.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fabriq.quant.AffineQuantizer;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** QuantizeLinear, DequantizeLinear and DynamicQuantizeLinear. */
class OnnxQuantizeTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private final SplittableRandom random = Seed.random("OnnxQuantizeTest");

  /** Random multiples of the scale, ties, ends of the range, extremes. */
  private Float32Tensor values(int count, float scale) {
    float[] special = {
      0f,
      -0f,
      scale,
      -scale,
      Float.MIN_VALUE,
      -Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      INFINITY,
      -INFINITY,
      0.5f * scale,
      1.5f * scale,
      -0.5f * scale,
      -1.5f * scale,
      2.5f * scale,
      127 * scale,
      127.5f * scale,
      -128 * scale,
      -128.5f * scale,
      255 * scale,
      255.5f * scale
    };
    Float32Tensor values = Float32Tensor.allocate(count);
    for (int i = 0; i < count; i++) {
      float steps =
          i % 4 == 0 ? random.nextInt(-600, 601) * 0.5f : (float) random.nextDouble(-300, 300);
      values.set(i, i < special.length ? special[i] : steps * scale);
    }
    return values;
  }

  private static OnnxArray quantizeLinear(Float32Tensor x, Encoding encoding, boolean unsigned) {
    OnnxArray scale = OnnxArray.floats(encoding.scales());
    OnnxArray zero = OnnxArray.codes(encoding.zeroPoints());
    return new OnnxOperator("QuantizeLinear")
        .with("axis", 0)
        .run(
            List.of(unsigned ? OnnxJavaType.UINT8 : OnnxJavaType.INT8),
            OnnxArray.of(x),
            scale,
            unsigned ? zero.unsigned() : zero)
        .get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "0.5, 0",
    "0.25, -7",
    "0.1, 3",
    "0.0078125, -128",
    "0.37, 127",
    "1e-30, 0",
    "1e30, 5"
  })
  void quantizeLinear(float scale, int zero) {
    Float32Tensor x = values(20_001, scale);
    Encoding encoding = Encoding.perTensor(8, true, scale, zero);
    Int8Tensor ours = encoding.quantize(x);
    OnnxArray signed = quantizeLinear(x, encoding, false);
    OnnxArray unsigned = quantizeLinear(x, encoding, true);
    for (int i = 0; i < x.size(); i++) {
      int expected = SinglePrecision.code(x.get(i), scale, zero, -128, 127);
      assertThat(signed.get(i)).as("%s", x.get(i)).isEqualTo(expected);
      assertThat(unsigned.get(i)).as("%s", x.get(i)).isEqualTo(expected + 128);
      if (!SinglePrecision.isTie(x.get(i) / scale)) {
        assertThat((int) ours.get(i)).as("%s / %s", x.get(i), scale).isEqualTo(expected);
      }
    }
  }

  @Test
  void quantizeLinearPerChannel() {
    float[] scales = {0.5f, 0.0625f, 3, 0.1f, 1e-3f};
    int[] zeros = {0, -128, 127, 5, -6};
    Encoding encoding = new Encoding(8, true, false, scales, zeros);
    Float32Tensor x = Float32Tensor.allocate(5, 7, 3);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.nextInt(-600, 601) * 0.5f * scales[i / 21]);
    }
    Int8Tensor ours = encoding.quantize(x);
    OnnxArray theirs = quantizeLinear(x, encoding, false);
    for (int i = 0; i < x.size(); i++) {
      float scale = scales[i / 21];
      int expected = SinglePrecision.code(x.get(i), scale, zeros[i / 21], -128, 127);
      assertThat(theirs.get(i)).isEqualTo(expected);
      if (!SinglePrecision.isTie(x.get(i) / scale)) {
        assertThat((int) ours.get(i)).isEqualTo(expected);
      }
    }
  }

  @Test
  void tiesOfPowersOfTwoAreTheSame() {
    Encoding half = Encoding.perTensor(8, true, 0.5f, 0);
    Float32Tensor x =
        Float32Tensor.of(new float[] {-1.25f, -0.75f, -0.25f, 0.25f, 0.75f, 1.25f, 63.75f}, 7);
    assertThat(half.quantize(x).toArray()).containsExactly(-2, -2, 0, 0, 2, 2, 127);
    OnnxArray theirs = quantizeLinear(x, half, false);
    assertThat(IntStream.range(0, 7).map(theirs::get)).containsExactly(-2, -2, 0, 0, 2, 2, 127);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0.1, -128", "0.0123, 127", "3e38, -5", "1e-38, 9", "1e-40, 9"})
  void dequantizeLinear(float scale, int zero) {
    Encoding encoding = Encoding.perTensor(8, true, scale, zero);
    Int8Tensor codes = Int8Tensor.allocate(256);
    for (int q = 0; q < 256; q++) {
      codes.set(q, (byte) q);
    }
    Float32Tensor ours = encoding.dequantize(codes);
    OnnxArray q = OnnxArray.of(codes);
    OnnxArray z = OnnxArray.codes(zero);
    OnnxOperator operator = new OnnxOperator("DequantizeLinear");
    List<OnnxJavaType> real = List.of(OnnxJavaType.FLOAT);
    OnnxArray signed = operator.run(real, q, OnnxArray.floats(scale), z).get(0);
    OnnxArray unsigned =
        operator.run(real, q.unsigned(), OnnxArray.floats(scale), z.unsigned()).get(0);
    for (int i = 0; i < 256; i++) {
      assertThat(signed.getFloat(i)).isEqualTo(ours.get(i));
      assertThat(unsigned.getFloat(i)).isEqualTo(ours.get(i));
    }
  }

  @Test
  void dequantizeLinearPerChannel() {
    Encoding encoding =
        new Encoding(8, true, false, new float[] {0.1f, 7, 1e-3f}, new int[] {-128, 127, 3});
    Int8Tensor codes = Int8Tensor.allocate(3, 2, 5);
    for (int i = 0; i < codes.size(); i++) {
      codes.set(i, (byte) random.nextInt());
    }
    OnnxArray theirs =
        new OnnxOperator("DequantizeLinear")
            .with("axis", 0)
            .run(
                List.of(OnnxJavaType.FLOAT),
                OnnxArray.of(codes),
                OnnxArray.floats(encoding.scales()),
                OnnxArray.codes(encoding.zeroPoints()))
            .get(0);
    Float32Tensor ours = encoding.dequantize(codes);
    for (int i = 0; i < codes.size(); i++) {
      assertThat(theirs.getFloat(i)).isEqualTo(ours.get(i));
    }
  }

  private static List<OnnxArray> dynamicQuantizeLinear(Float32Tensor x) {
    return new OnnxOperator("DynamicQuantizeLinear")
        .run(List.of(OnnxJavaType.UINT8, OnnxJavaType.FLOAT, OnnxJavaType.UINT8), OnnxArray.of(x));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 1", "-3, 0", "0.5, 2", "-4, -1", "-1e-3, 1e3", "-1e30, 1e30", "0, 0"})
  void dynamicQuantizeLinear(double least, double greatest) {
    for (int size : new int[] {1, 7, 2000}) {
      Float32Tensor x = Float32Tensor.allocate(size);
      for (int i = 0; i < size; i++) {
        x.set(i, (float) (least + random.nextDouble() * (greatest - least)));
      }
      List<OnnxArray> theirs = dynamicQuantizeLinear(x);
      float scale = theirs.get(1).getFloat(0);
      int zero = theirs.get(2).get(0) - 128;
      Encoding ours = new AffineQuantizer(8).fit(x);
      assertThat(Math.abs(scale - ours.scale(0))).isLessThanOrEqualTo(Math.ulp(scale));
      if (scale == ours.scale(0)) {
        assertThat(zero).isEqualTo(ours.zeroPoint(0));
      }
      for (int i = 0; i < size; i++) {
        int expected = SinglePrecision.code(x.get(i), scale, zero, -128, 127);
        assertThat(theirs.get(0).get(i) - 128).isEqualTo(expected);
        if (scale == ours.scale(0) && !SinglePrecision.isTie(x.get(i) / scale)) {
          assertThat(ours.quantize(x.get(i), 0)).isEqualTo(expected);
        }
      }
    }
  }
}
