// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Optional;

/** The digits of {@link SyntheticDigits}, as many as are asked for. */
public final class DrawnDigits implements DataSource {
  @Override
  public String form() {
    return "synthetic digits";
  }

  @Override
  public boolean divided() {
    return true;
  }

  @Override
  public Optional<int[]> shape() {
    return Optional.of(new int[] {SyntheticDigits.SIDE, SyntheticDigits.SIDE});
  }

  @Override
  public Samples read(Split split, int most, Progress progress) {
    long seed = split == Split.TEST ? SyntheticDigits.TEST_SEED : SyntheticDigits.TRAIN_SEED;
    return SyntheticDigits.generate(seed, most, done -> progress.done(done, most));
  }
}
