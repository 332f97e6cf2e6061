// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

/**
 * A layer of a graph over buffers of its own: from the buffer before it to the one after it, the
 * first samples of both. Images have channels last there: a row of C channels per pixel.
 */
interface GraphStep extends AutoCloseable {
  /** Computes so many samples; allocates nothing if they are as many as in the last run. */
  void run(int samples);

  @Override
  default void close() {}
}
