// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

/** A side of a measurement, which is run again and again; for use by one thread. */
interface Contender extends AutoCloseable {
  /** Runs once. */
  void run();

  /** Nanoseconds of the last run. */
  long nanos();

  /** Adds the last run. */
  void addTo(LatencySeries series);

  /** Frees what the side made for itself. */
  @Override
  void close();
}
