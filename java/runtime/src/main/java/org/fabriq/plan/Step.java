// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

/**
 * A part of a plan: a layer, several that are one, or a program, over buffers of its own. It makes
 * the first samples of its output buffer of those of its input buffers. Images have channels last
 * there: a row of C channels per pixel.
 */
interface Step extends AutoCloseable {
  /**
   * Computes so many samples; allocates nothing if they are as many as in the last run, and one
   * launch or none.
   *
   * @param times receives where the time went, or null; a step on the host leaves it to its caller
   */
  void run(int samples, LayerTimes times);

  /**
   * Computes so many samples again and counts the elements of C that differ from the reference in a
   * bit; 0 for a step that multiplies nothing. Input buffers hold the samples.
   */
  default long mismatches(int samples) {
    return 0;
  }

  /** Bytes of its weights, as the kernel stores them; 0 for a step that multiplies nothing. */
  default long weightBytes() {
    return 0;
  }

  /** Whether it takes its times itself. */
  default boolean timed() {
    return false;
  }

  @Override
  default void close() {}
}
