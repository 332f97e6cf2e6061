// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;

/** The batches that options may ask for. */
final class BatchLimit {
  private static final int MOST = 65_536;

  private BatchLimit() {}

  /**
   * Checks a batch.
   *
   * @param option what errors call it, as {@code --batch}
   * @throws InvalidArgumentException if it is outside 1 to 65,536
   */
  static void check(String option, int batch) {
    if (batch < 1 || batch > MOST) {
      throw new InvalidArgumentException("%s %d is outside 1..%d".formatted(option, batch, MOST));
    }
  }
}
