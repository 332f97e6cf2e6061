// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

/** The words of {@code --pass}. */
enum Pass {
  /** Cross-layer equalization. */
  CLE("cle"),
  /** Learned rounding. */
  ADAROUND("adaround"),
  /** Rounding with compensation. */
  GPTQ("gptq"),
  /** Least-squares centroids of codebooks. */
  CENTROIDS("centroids"),
  /** Bias correction from calibration images. */
  BIAS("bias"),
  /** Bias correction from batch normalizations. */
  BIAS_BATCH_NORM("bias-batch-norm");

  private final String word;

  Pass(String word) {
    this.word = word;
  }

  /** The word; picocli reads it by this. */
  @Override
  public String toString() {
    return word;
  }
}
