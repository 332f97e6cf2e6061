// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.measure.LatencySeries;
import org.fabriq.measure.Noise;
import org.fabriq.plan.Arithmetic;
import org.fabriq.runtime.StageTimes.Cycles;

/**
 * What one variant of a comparison gave.
 *
 * @param variant the arithmetic
 * @param device address of what computed the placed layers
 * @param simulated whether that device is
 * @param scheme how weights were quantized, or fp32
 * @param score how it does beside fp32
 * @param mismatches elements of the placed layers' C that differ from the reference in a bit
 * @param weightBytes size of the placed layers' weights, as the kernel stores them
 * @param clockMhz of the device's kernels, null if unknown
 * @param noise why latencies are not to be trusted, if they are not
 * @param latency of the placed layers on the device, per batch
 * @param cpu of the same layers and kernels on device {@code cpu}, in the same run
 * @param sessions of the whole network in programs that run models, in the same run; none where not
 *     all of it is placed, and of arithmetics with fp32
 */
record ArithmeticResult(
    Arithmetic variant,
    String device,
    boolean simulated,
    String scheme,
    Score score,
    long mismatches,
    long weightBytes,
    Integer clockMhz,
    Noise noise,
    LatencySeries latency,
    LatencySeries cpu,
    List<SessionResult> sessions) {

  /** Whether the device counted cycles of the kernels. */
  boolean hasCycles() {
    return latency.cycles(Cycles.BUSY) >= 0;
  }

  /** Microseconds of the busy cycles at the xclbin's clock; only where both are known. */
  double busyMicros() {
    return (double) latency.cycles(Cycles.BUSY) / clockMhz;
  }
}
