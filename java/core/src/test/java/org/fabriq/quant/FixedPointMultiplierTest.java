// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

class FixedPointMultiplierTest {
  @Test
  void holdsRealNumbersIn31Bits() {
    assertThat(FixedPointMultiplier.of(1)).isEqualTo(new FixedPointMultiplier(1 << 30, 1));
    assertThat(FixedPointMultiplier.of(0.5)).isEqualTo(new FixedPointMultiplier(1 << 30, 0));
    assertThat(FixedPointMultiplier.of(0.2))
        .isEqualTo(new FixedPointMultiplier((int) Math.round(0.8 * (1L << 31)), -2));
    // The nearest q of this one is 2^31, which is the next power of two.
    assertThat(FixedPointMultiplier.of(Math.nextDown(1.0)))
        .isEqualTo(new FixedPointMultiplier(1 << 30, 1));
    assertThat(FixedPointMultiplier.of(0x1p-40)).isEqualTo(new FixedPointMultiplier(0, 0));
  }

  @Test
  void refusesWhatHasNoShift() {
    assertThatThrownBy(() -> FixedPointMultiplier.of(0x1p30))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("TFLite shift 31");
    assertThatThrownBy(() -> FixedPointMultiplier.of(-0.5)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> FixedPointMultiplier.of(Double.NaN)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new FixedPointMultiplier(5, 0)).hasMessageContaining("2^30");
  }

  @Test
  void roundsTwice() {
    SplittableRandom random = Seed.random("FixedPointMultiplierTest");
    for (int i = 0; i < 100_000; i++) {
      FixedPointMultiplier multiplier = FixedPointMultiplier.of(random.nextDouble(1e-4, 1));
      int acc = random.nextInt(-1 << 24, 1 << 24);
      // A tie of a negative product goes toward zero at first, and away from it behind the shift.
      BigDecimal high =
          BigDecimal.valueOf(acc)
              .multiply(BigDecimal.valueOf(multiplier.q()))
              .divide(BigDecimal.valueOf(1L << 31))
              .setScale(0, acc < 0 ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP);
      BigDecimal twice =
          high.divide(BigDecimal.valueOf(1L << -multiplier.shift()))
              .setScale(0, RoundingMode.HALF_UP);
      assertThat(multiplier.doubleRounding(acc))
          .as("%d times %s", acc, multiplier)
          .isEqualTo(twice.intValueExact());
    }
  }
}
