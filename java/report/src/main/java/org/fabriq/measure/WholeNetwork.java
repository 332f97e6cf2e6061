// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

/** A whole network in its place, with the images of a batch; the run as a whole is timed. */
abstract class WholeNetwork implements Contender {
  private long nanos;

  /** Computes the results of the images. */
  abstract void compute();

  /** What was measured of it. */
  abstract NetworkLatency.Side side(LatencySeries series);

  @Override
  public final void run() {
    long start = System.nanoTime();
    compute();
    nanos = System.nanoTime() - start;
  }

  @Override
  public final long nanos() {
    return nanos;
  }
}
