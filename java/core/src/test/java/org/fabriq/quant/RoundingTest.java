// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {
  private static final double[] TIES = {-2.5, -1.5, -0.5, 0.5, 1.5, 2.5};

  @ParameterizedTest
  @CsvSource({
    "HALF_EVEN, -2, -2,  0, 0, 2, 2",
    "HALF_AWAY, -3, -2, -1, 1, 2, 3",
    "HALF_UP,   -2, -1,  0, 1, 2, 3",
    "FLOOR,     -3, -2, -1, 0, 1, 2",
  })
  void ties(Rounding rounding, int a, int b, int c, int d, int e, int f) {
    int[] expected = {a, b, c, d, e, f};
    for (int i = 0; i < TIES.length; i++) {
      assertThat((int) rounding.apply(TIES[i])).isEqualTo(expected[i]);
    }
  }

  @Test
  void equalsDecimalArithmetic() {
    SplittableRandom random = Seed.random("rounding");
    double[] edges = {
      0.49999999999999994, -0.49999999999999994, 4503599627370495.5, -1e-300, 1e300
    };
    for (int i = 0; i < 20_000; i++) {
      double x = i < edges.length ? edges[i] : random.nextInt(-4000, 4000) / 8.0;
      BigDecimal exact = new BigDecimal(x);
      RoundingMode up = x < 0 ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP;
      assertThat(decimal(Rounding.HALF_EVEN, x))
          .isEqualByComparingTo(round(exact, RoundingMode.HALF_EVEN));
      assertThat(decimal(Rounding.HALF_AWAY, x))
          .isEqualByComparingTo(round(exact, RoundingMode.HALF_UP));
      assertThat(decimal(Rounding.HALF_UP, x)).isEqualByComparingTo(round(exact, up));
      assertThat(decimal(Rounding.FLOOR, x)).isEqualByComparingTo(round(exact, RoundingMode.FLOOR));
    }
  }

  private static BigDecimal decimal(Rounding rounding, double x) {
    return new BigDecimal(rounding.apply(x));
  }

  private static BigDecimal round(BigDecimal x, RoundingMode mode) {
    return x.setScale(0, mode);
  }
}
