// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

/** How the codes of two programs agree. */
final class Agreement {
  private long codes;
  private long different;
  private long greatest;

  void add(double expected, double actual) {
    codes++;
    different += expected == actual ? 0 : 1;
    greatest = Math.max(greatest, (long) Math.abs(expected - actual));
  }

  /** The part of codes that are equal. */
  double equal() {
    return 1 - (double) different / codes;
  }

  /** The greatest difference. */
  long greatest() {
    return greatest;
  }

  @Override
  public String toString() {
    return "%.4f %% of %,d codes equal, greatest difference %d"
        .formatted(100 * equal(), codes, greatest);
  }
}
