// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

/** The factors of a sum of codes: what they leave of the exact sum. */
class AddScalingTest {
  private static final double OFF = 512 * 0x1p-24;

  @Test
  void sumsAreThoseOfTheScalesButNearTies() {
    SplittableRandom random = Seed.random("AddScaling");
    for (int trial = 0; trial < 100_000; trial++) {
      float left = (float) random.nextDouble(0.25, 1);
      float right = (float) random.nextDouble(0.25, 1);
      int a = random.nextInt(-255, 256);
      int b = random.nextInt(-255, 256);
      double exact = a * (double) left + b * (double) right;
      long sum = AddScaling.of(left, right, 1).apply(a, b);
      assertThat(Math.abs(sum - exact)).isLessThanOrEqualTo(0.5 + OFF);
    }
  }

  @Test
  void greaterFactorHas24Bits() {
    AddScaling scaling = AddScaling.of(0.75f, 0.1f, 1);
    assertThat(scaling).isEqualTo(new AddScaling(3 << 22, (int) Math.rint(0.1f * 0x1p24), 24));
  }

  @Test
  void scalesTooFarApartAreRefused() {
    assertThatThrownBy(() -> AddScaling.of(0x1p24f, 1, 1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("below 2^24 times");
  }
}
