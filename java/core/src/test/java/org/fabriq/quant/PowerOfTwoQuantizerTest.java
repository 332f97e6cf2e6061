// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.fabriq.model.ShippedModel;
import org.fabriq.model.WeightedLayer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PowerOfTwoQuantizerTest {
  @ParameterizedTest
  @CsvSource({
    "127, 1",
    "128, 2",
    "126, 1",
    "254, 2",
    "63.5, 0.5",
    "63.6, 1",
    "0, 1",
    "1e-38, 0x1p-126"
  })
  void roundsUp(float magnitude, float scale) {
    Encoding encoding =
        QuantizerSpec.parse("symmetric:8,pow2").fit(Float32Tensor.of(new float[] {magnitude}, 1));
    assertThat(encoding.scale(0)).isEqualTo(scale);
  }

  @ParameterizedTest
  @ValueSource(strings = {"affine:8", "affine:4,unsigned", "affine:2", "symmetric:4"})
  void coversTheRangeWithinAFactorOfTwo(String spec) {
    RangeQuantizer plain = (RangeQuantizer) QuantizerSpec.parse(spec);
    PowerOfTwoQuantizer quantizer = new PowerOfTwoQuantizer(plain);
    SplittableRandom random = Seed.random(spec);
    for (int i = 0; i < 10_000; i++) {
      float width = Math.scalb(1f, random.nextInt(-60, 60));
      ValueRange range =
          new ValueRange(
              (float) -random.nextDouble(width), (float) random.nextDouble(width / 1e6, width));
      float exact = plain.encode(range).scale(0);
      Encoding encoding = quantizer.encode(range);
      float scale = encoding.scale(0);
      assertThat(scale).isEqualTo(Math.scalb(1f, Math.getExponent(scale)));
      assertThat(scale).isGreaterThanOrEqualTo(exact).isLessThan(2 * exact);
      double half = 0.5000001 * scale;
      int zero = encoding.zeroPoint(0);
      assertThat((encoding.qmax() - zero) * (double) scale + half).isGreaterThan(range.max());
      assertThat((encoding.qmin() - zero) * (double) scale - half).isLessThan(range.min());
    }
  }

  @Test
  void greatestScaleStaysFinite() {
    Float32Tensor extreme = Float32Tensor.of(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}, 2);
    assertThat(QuantizerSpec.parse("affine:1,pow2").fit(extreme).scale(0)).isEqualTo(0x1p127f);
  }

  @Test
  void multipliersOfMnistBecomeShifts() {
    for (String name : ShippedModel.MNIST.network().weightedLayers()) {
      WeightedLayer layer = ShippedModel.MNIST.network().weightedLayer(name);
      Encoding weight = QuantizerSpec.parse("per-channel:8,pow2").fit(layer.weight());
      for (int channel = 0; channel < layer.outputs(); channel++) {
        Requantization shift = Requantization.of(0x1p-7f * weight.scale(channel) / 0x1p-4f);
        assertThat(shift.significand()).isEqualTo(1);
      }
      double plain = SquaredError.sqnrInDecibels(layer.weight(), fit(layer, "per-channel:8"));
      double power = SquaredError.sqnrInDecibels(layer.weight(), weight);
      assertThat(power).isBetween(plain - 6.1, plain);
    }
  }

  private static Encoding fit(WeightedLayer layer, String spec) {
    return QuantizerSpec.parse(spec).fit(layer.weight());
  }
}
