// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SplitMix64Test {
  @Test
  void sequenceIsTheOneOfThePublishedCode() {
    SplitMix64 random = new SplitMix64(1234567);
    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
  }

  @Test
  void uniformValuesFillTheirRange() {
    SplitMix64 random = new SplitMix64(1);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      double value = random.uniform(-2, 6);
      assertThat(value).isGreaterThanOrEqualTo(-2).isLessThan(6);
      sum += value;
    }
    assertThat(sum / 100_000).isCloseTo(2, within(0.05));
  }

  @Test
  void integersBelowABoundAreEquallyFrequent() {
    SplitMix64 random = new SplitMix64(2);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[random.below(7)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }

  @Test
  void bellHasMeanZeroDeviationOneAndBounds() {
    SplitMix64 random = new SplitMix64(3);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 100_000; i++) {
      double value = random.bell();
      assertThat(Math.abs(value)).isLessThan(3.47);
      sum += value;
      squares += value * value;
    }
    assertThat(sum / 100_000).isCloseTo(0, within(0.02));
    assertThat(squares / 100_000).isCloseTo(1, within(0.02));
  }
}
