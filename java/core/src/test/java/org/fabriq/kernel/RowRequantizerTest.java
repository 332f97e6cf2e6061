// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.quant.Requantization;
import org.junit.jupiter.api.Test;

class RowRequantizerTest {
  private static final long SEED = 5;
  private static final int N = 37;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void rowsEqualTheDefinition() {
    for (int round = 0; round < 20_000; round++) {
      List<Requantization> multipliers = new ArrayList<>();
      int[] acc = new int[N];
      for (int i = 0; i < N; i++) {
        multipliers.add(multiplier());
        acc[i] = accumulator(multipliers.get(i).multiplier());
      }
      int qmin = random.nextInt(-128, 128);
      int qmax = random.nextInt(qmin, 128);
      Int8Output output = new Int8Output(multipliers, random.nextInt(-128, 128), qmin, qmax);
      byte[] codes = new RowRequantizer(output).apply(acc);
      for (int i = 0; i < N; i++) {
        assertThat(codes[i])
            .as("%d * %s in %s, seed %d", acc[i], multipliers.get(i), output, SEED)
            .isEqualTo((byte) multipliers.get(i).apply(acc[i], output.zeroPoint(), qmin, qmax));
      }
    }
  }

  /** Any size, or a power of two, which has ties. */
  private Requantization multiplier() {
    float power = Math.scalb(1f, random.nextInt(-24, 8));
    return Requantization.of(
        random.nextBoolean() ? power : power * (float) random.nextDouble(1, 2));
  }

  /** Anywhere, or near a half of an odd integer in the range of the codes. */
  private int accumulator(float multiplier) {
    if (random.nextInt(4) == 0) {
      return random.nextInt();
    }
    double tie = random.nextInt(-300, 300) + 0.5;
    double acc = Math.rint(tie / multiplier) + random.nextInt(-1, 2);
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, acc));
  }
}
