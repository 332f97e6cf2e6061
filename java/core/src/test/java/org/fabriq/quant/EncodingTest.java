// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private static final Encoding PER_CHANNEL =
      new Encoding(8, true, false, new float[] {0.5f, 2f}, new int[] {0, -3});

  @Test
  void rangesOfCodes() {
    assertThat(Encoding.perTensor(8, true, 1, 0).qmin()).isEqualTo(-128);
    assertThat(Encoding.perTensor(8, false, 1, 0).qmax()).isEqualTo(255);
    assertThat(Encoding.perTensor(1, true, 1, 0).qmin()).isEqualTo(-1);
    assertThat(Encoding.perTensor(1, true, 1, 0).qmax()).isZero();
    assertThat(Encoding.perTensor(16, true, 1, 0).qmin()).isEqualTo(-32768);
    assertThat(new Encoding(4, true, true, new float[] {1}, new int[] {0}).qmin()).isEqualTo(-7);
  }

  @Test
  void quotientIsRoundedAsARealNumber() {
    SplittableRandom random = Seed.random("encoding");
    for (int i = 0; i < 100_000; i++) {
      float scale = Math.scalb((float) random.nextDouble(1, 2), random.nextInt(-140, 100));
      int half = random.nextInt(-70_000, 70_000);
      float x = nextTo((float) (half * 0.5 * scale), random.nextInt(-1, 2));
      if (Float.isInfinite(x)) {
        continue;
      }
      int zero = random.nextInt(-32768, 32768);
      Encoding encoding = Encoding.perTensor(16, true, scale, zero);
      BigDecimal units = divide(x, scale);
      int expected =
          units
              .add(BigDecimal.valueOf(zero))
              .max(BigDecimal.valueOf(-32768))
              .min(BigDecimal.valueOf(32767))
              .intValueExact();
      assertThat(encoding.quantize(x, 0)).as("%s / %s", x, scale).isEqualTo(expected);
    }
  }

  private static float nextTo(float x, int step) {
    return step == 0 ? x : step < 0 ? Math.nextDown(x) : Math.nextUp(x);
  }

  private static BigDecimal divide(float x, float scale) {
    return new BigDecimal(x).divide(new BigDecimal(scale), 0, RoundingMode.HALF_EVEN);
  }

  @Test
  void perChannelUsesTheScaleOfItsRow() {
    Float32Tensor values = Float32Tensor.of(new float[] {1, -0.25f, 0.75f, 4, -2, 5}, 2, 3);
    Int8Tensor codes = PER_CHANNEL.quantize(values);
    assertThat(codes.toArray()).containsExactly(2, 0, 2, -1, -4, -1);
    assertThat(PER_CHANNEL.dequantize(codes).toArray()).containsExactly(1, 0, 1, 4, -2, 4);
    assertThatThrownBy(() -> PER_CHANNEL.quantize(values.transpose()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("2 channels");
  }

  @Test
  void infinitiesSaturateAndNanIsAnError() {
    Encoding encoding = Encoding.perTensor(8, true, 0.1f, 3);
    assertThat(encoding.quantize(Float.POSITIVE_INFINITY, 0)).isEqualTo(127);
    assertThat(encoding.quantize(Float.NEGATIVE_INFINITY, 0)).isEqualTo(-128);
    assertThat(encoding.quantize(Float.MAX_VALUE, 0)).isEqualTo(127);
    assertThatThrownBy(() -> encoding.quantize(Float.NaN, 0))
        .isInstanceOf(InvalidArgumentException.class);
    Float32Tensor values = Float32Tensor.of(new float[] {0, 1, Float.NaN, 2}, 2, 2);
    assertThatThrownBy(() -> encoding.quantize(values))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("index 2");
  }

  @Test
  void isAValue() {
    Encoding same = new Encoding(8, true, false, new float[] {0.5f, 2f}, new int[] {0, -3});
    assertThat(PER_CHANNEL).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(PER_CHANNEL).isNotEqualTo(Encoding.perTensor(8, true, 0.5f, 0));
    PER_CHANNEL.scales()[0] = 7;
    PER_CHANNEL.zeroPoints()[0] = 7;
    assertThat(PER_CHANNEL).isEqualTo(same);
  }

  @Test
  void refusesCodesThatDoNotFitBytes() {
    Float32Tensor values = Float32Tensor.allocate(2);
    assertThatThrownBy(() -> Encoding.perTensor(9, true, 1, 0).quantize(values))
        .hasMessageContaining("9 bits");
    assertThatThrownBy(() -> Encoding.perTensor(8, false, 1, 0).quantize(values))
        .hasMessageContaining("unsigned");
    assertThat(Encoding.perTensor(7, false, 1, 0).quantize(values).toArray()).containsExactly(0, 0);
    assertThatThrownBy(
            () -> Encoding.perTensor(8, true, 1, 0).quantize(values, Int8Tensor.allocate(1, 2)))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> Encoding.perTensor(0, true, 1, 0)).hasMessageContaining("0 bits");
    assertThatThrownBy(() -> Encoding.perTensor(17, true, 1, 0)).hasMessageContaining("17 bits");
    for (float scale : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Encoding.perTensor(8, true, scale, 0)).hasMessageContaining("scale");
    }
    assertThatThrownBy(() -> Encoding.perTensor(8, true, 1, 128)).hasMessageContaining("128");
    assertThatThrownBy(() -> Encoding.perTensor(8, false, 1, -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Encoding(8, true, false, new float[2], new int[1]))
        .hasMessageContaining("2 scales");
    assertThatThrownBy(() -> new Encoding(8, false, true, new float[] {1}, new int[1]))
        .hasMessageContaining("narrow");
  }
}
