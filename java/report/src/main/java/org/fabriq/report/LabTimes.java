// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.OptionalDouble;
import org.fabriq.synthesis.LabFigures;

/**
 * Seconds for layer 2 of 10,000 images in calls of 64 x 128 x 64, as the lab ran it: by a kernel's
 * clock, by a model of the dispatch, and as wall time of this machine.
 */
record LabTimes(ReportData data) {
  /** Images a lab figure is for. */
  static final int IMAGES = 10_000;

  /** Rows of A in a call: the lab's kernels are 64 x 128 x 64. */
  static final int BATCH = 64;

  static final int K = 128;
  static final int N = 64;

  /** Calls for all images. */
  static final int CALLS = (IMAGES + BATCH - 1) / BATCH;

  /** Of the lab's kernel, by its cycles and estimated clock. */
  double labKernel(String kernel) {
    LabFigures.Kernel lab = data.lab().kernel(kernel);
    return seconds(
        lab.report().cycles().latencyMax().orElseThrow()
            * lab.report().clock().estimated().orElseThrow()
            / 1e3);
  }

  /** Of our kernel, by counted cycles and the xclbin's clock; empty without them. */
  OptionalDouble ownKernel(String kernel) {
    return data.clocked(kernel)
        .filter(ReportData.Clocked::hasClock)
        .map(clocked -> OptionalDouble.of(seconds(clocked.micros())))
        .orElse(OptionalDouble.empty());
  }

  /** The same with the break-even's launch cost and transfer rate; empty without them. */
  OptionalDouble offload(String kernel) {
    double rate = data.breakEven().path("rate_gb_per_s").asDouble();
    int element = kernel.equals("i8i8") ? 1 : Float.BYTES;
    double transfer = element * BATCH * (K + N) / (rate * 1000);
    double launch = data.breakEven().path("launch_us").asDouble();
    OptionalDouble own = ownKernel(kernel);
    return own.isPresent() && rate > 0
        ? OptionalDouble.of(own.getAsDouble() + seconds(launch + transfer))
        : OptionalDouble.empty();
  }

  /** Of the fastest CPU device, wall time; empty where none was measured, or it is withheld. */
  OptionalDouble cpu(String kernel) {
    return data.latencies()
        .fastestCpu(kernel)
        .filter(side -> data.latencies().noise(kernel).shown(data.onlyQuiet()))
        .map(side -> OptionalDouble.of(seconds(side.path("p50_us").asDouble())))
        .orElse(OptionalDouble.empty());
  }

  private static double seconds(double microsOfCall) {
    return CALLS * microsOfCall / 1e6;
  }
}
