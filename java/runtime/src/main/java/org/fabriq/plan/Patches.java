// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.tensor.Tensor;

/** Lays the windows of images, channels last, out as the rows of A: a row per (sample, y, x). */
interface Patches {
  /** The rows of a sample. */
  int rowsPerSample();

  /** The columns of A. */
  int columns();

  /** Whether A is the images as they lie in memory. */
  boolean isIdentity();

  /** Fills A with the rows {@code from} to {@code to} (excluded) of all samples. */
  void fill(Tensor images, int group, int from, int to, Tensor a);
}
