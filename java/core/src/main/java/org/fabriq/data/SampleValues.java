// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

/** Holds values of samples as a file does, and what they become. */
sealed interface SampleValues permits ByteValues, FloatValues {
  /** Counts the samples. */
  int count();

  /** Copies the normalized values of a sample, in its order, to {@code into} from {@code at} on. */
  void copy(int sample, float[] into, int at);

  /** A view of the samples {@code from} (included) to {@code to} (excluded). */
  SampleValues range(int from, int to);

  /** Normalizes the same stored values otherwise; the values of a channel stand together. */
  SampleValues normalized(Normalization normalization, int channels);
}
