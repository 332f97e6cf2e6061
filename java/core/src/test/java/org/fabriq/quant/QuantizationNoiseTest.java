// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

class QuantizationNoiseTest {
  private static final int POINTS = 20_000;

  /** The mean over the midpoints of many small parts. */
  private static double numeric(Encoding encoding, double weight, double low, double high) {
    double scale = encoding.scale(0);
    double least = encoding.qmin() - encoding.zeroPoint(0);
    double greatest = encoding.qmax() - encoding.zeroPoint(0);
    double sum = 0;
    for (int i = 0; i < POINTS; i++) {
      double u = (low + (high - low) * (i + 0.5) / POINTS) / scale;
      double error = u - Math.max(least, Math.min(greatest, Math.rint(u)));
      sum += (Math.abs(error) > 0.5 ? weight : 1) * error * error;
    }
    return sum / POINTS * scale * scale;
  }

  @Test
  void equalsTheNumericIntegral() {
    SplittableRandom random = Seed.random("noise");
    for (int i = 0; i < 300; i++) {
      int bits = random.nextInt(1, 5);
      int zero = random.nextInt(-(1 << (bits - 1)), 1 << (bits - 1));
      Encoding encoding = Encoding.perTensor(bits, true, (float) random.nextDouble(0.1, 9), zero);
      double low = random.nextDouble(-40, 40);
      double high = low + random.nextDouble(0, i % 2 == 0 ? 1 : 60);
      double exact = new QuantizationNoise(encoding, 3).mean(low, high);
      double numeric = numeric(encoding, 3, low, high);
      assertThat(exact).isCloseTo(numeric, within(2e-3 * numeric + 1e-5));
    }
  }

  @Test
  void knownValues() {
    QuantizationNoise noise = new QuantizationNoise(Encoding.perTensor(3, true, 2, 0), 1);
    assertThat(noise.mean(-1, 1)).isCloseTo(4 / 12.0, within(1e-15));
    assertThat(noise.mean(-7, 5)).isCloseTo(4 / 12.0, within(1e-15));
    assertThat(noise.mean(2.5, 2.5)).isEqualTo(0.25);
    assertThat(noise.mean(4, 4)).isZero();
    assertThat(noise.mean(9, 9)).isEqualTo(9);
    assertThat(noise.mean(7, 8)).isCloseTo((1 + 2 + 4) / 3.0, within(1e-15));
    assertThat(new QuantizationNoise(Encoding.perTensor(3, true, 2, 0), 3).mean(9, 9))
        .isEqualTo(27);
  }
}
