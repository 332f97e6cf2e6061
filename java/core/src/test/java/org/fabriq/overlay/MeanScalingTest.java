// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

/** Factors of means give the mean of every sum as the requantizer of the kernel computes it. */
class MeanScalingTest {
  @Test
  void meansOfUpTo272TapsAreExact() {
    Encoding codes = Encoding.perTensor(8, true, 0.5f, 3);
    for (int count = 1; count <= 512; count++) {
      Window window = Window.whole(1, count);
      IntegerAveragePool pool = new IntegerAveragePool("mean", window, false, codes);
      Optional<MeanScaling> found = MeanScaling.of(pool);
      assertThat(found.isPresent() || count > 272).as("%d taps", count).isTrue();
      assertThat(found.isPresent() || count % 2 == 0).as("%d taps", count).isTrue();
      if (found.isPresent()) {
        assertGivesAll(found.get(), pool, count);
      }
    }
  }

  @Test
  void rescaledMeansAreExactWhereAFactorIsFound() {
    SplittableRandom random = Seed.random("rescaled means");
    int found = 0;
    for (int i = 0; i < 200; i++) {
      int count = 1 + random.nextInt(130);
      Encoding in = Encoding.perTensor(8, true, (float) random.nextDouble(0.01, 0.2), 5);
      Encoding out = Encoding.perTensor(8, true, (float) random.nextDouble(0.01, 0.2), -128);
      IntegerAveragePool pool =
          IntegerAveragePool.rescaled("mean", Window.whole(1, count), false, in, out);
      Optional<MeanScaling> scaling = MeanScaling.of(pool);
      found += scaling.isPresent() ? 1 : 0;
      scaling.ifPresent(each -> assertGivesAll(each, pool, count));
    }
    assertThat(found).isGreaterThan(160);
  }

  private static void assertGivesAll(MeanScaling scaling, IntegerAveragePool pool, int count) {
    LongUnaryOperator kept =
        scaling.roundedUp() && scaling.shift() >= 16 ? x -> x >> 15 << 15 : x -> x;
    for (int sum = -128 * count; sum <= 127 * count; sum++) {
      long product = (long) (sum - count * scaling.zeroIn()) * scaling.significand();
      long floor = kept.applyAsLong(product) >> scaling.shift();
      long rest = kept.applyAsLong(product) - (floor << scaling.shift());
      long twice = 2 * rest - (1L << scaling.shift());
      long code = floor + (twice > 0 || twice == 0 && (floor & 1) != 0 ? 1 : 0);
      long clamped =
          Math.max(scaling.least(), Math.min(scaling.greatest(), code + scaling.zeroOut()));
      if (clamped != pool.mean(sum, count)) {
        assertThat(clamped).as("sum %d of %d", sum, count).isEqualTo(pool.mean(sum, count));
      }
    }
  }
}
