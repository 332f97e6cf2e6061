// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import org.fabriq.measure.LatencySeries;
import org.fabriq.measure.Noise;
import org.fabriq.runtime.StageTimes.Cycles;

/** Prints results of a comparison for people; noisy latencies as {@link Noise} says. */
final class ComparisonTable {
  private final PrintWriter out;
  private final QuietOption quiet;

  /**
   * Prepares.
   *
   * @param quiet whether to print noisy times
   */
  ComparisonTable(PrintWriter out, QuietOption quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  void print(List<ArithmeticResult> results) {
    out.printf(
        "%-8s %-12s %-12s %9s %9s %10s %9s%n",
        "variant",
        "device",
        "weights",
        results.get(0).score().qualityName(),
        "agreement",
        "mismatches",
        "size");
    for (ArithmeticResult result : results) {
      out.printf(
          "%-8s %-12s %-12s %9s %9s %,10d %7.1f KB%n",
          result.variant().label(),
          result.device(),
          result.scheme(),
          result.score().quality(),
          result.score().agreementText(),
          result.mismatches(),
          result.weightBytes() / 1000.0);
    }
    printLatencies(results);
    printCycles(results);
    out.println();
    out.println("agreement: same class as f32. mismatches: elements of C that differ from the");
    out.println("reference in a bit. Stages are of the device, medians; -: it has no such stage.");
    out.println("cpu: the same layers on the fastest library, batches interleaved. ratio: device");
    out.println("p50 / cpu p50. The activation function runs on the CPU either way and is in");
    out.println("neither. session: the whole network from codes to integers in one session of");
    out.println("ONNX Runtime, in the same run.");
    NoiseFooter.print(out);
    out.flush();
  }

  private void printLatencies(List<ArithmeticResult> results) {
    out.printf("%nLatency of the placed layers per batch, microseconds%n");
    out.printf(
        "%-8s %7s %8s %8s %8s %7s | %8s %8s %8s %7s | %7s%n",
        "variant", "samples", "p50", "p95", "p99", "spread", "cpu p50", "p95", "p99", "spread",
        "ratio");
    for (ArithmeticResult result : results) {
      if (!result.noise().quiet()) {
        out.printf("%-8s %s%n", result.variant().label(), result.noise().cause());
      }
      if (quiet.shows(result.noise())) {
        printLatency(result);
      }
    }
    printStages(results.stream().filter(result -> quiet.shows(result.noise())).toList());
  }

  private void printStages(List<ArithmeticResult> results) {
    if (results.isEmpty()) {
      return;
    }
    out.printf("%nWhere that time goes, medians, microseconds%n%-8s", "variant");
    DispatchStageCells.printNames(out);
    for (ArithmeticResult result : results) {
      out.printf("%-8s", result.variant().label());
      DispatchStageCells.print(result.latency().stages(), result.noise(), out);
    }
    results.stream()
        .filter(ArithmeticResult::simulated)
        .map(ArithmeticResult::device)
        .distinct()
        .forEach(device -> DispatchStageCells.printSimulated(device, out));
  }

  private void printLatency(ArithmeticResult result) {
    String mark = result.noise().mark();
    out.printf("%-8s %7d", result.variant().label(), result.latency().count());
    for (LatencySeries side : List.of(result.latency(), result.cpu())) {
      for (double percentile : new double[] {50, 95, 99}) {
        out.printf(" %7.1f%-1s", side.micros(percentile), mark);
      }
      out.printf(" %5.0f %% |", 100 * side.spread());
    }
    out.printf(" %7.2f%s%n", result.latency().micros(50) / result.cpu().micros(50), mark);
    result.sessions().forEach(session -> printSession(result, session, mark));
  }

  /** The whole network in a program that runs models. */
  private void printSession(ArithmeticResult result, SessionResult session, String mark) {
    LatencySeries series = session.series();
    out.printf("%-8s %7d", result.variant().label(), series.count());
    for (double percentile : new double[] {50, 95, 99}) {
      out.printf(" %7.1f%-1s", series.micros(percentile), mark);
    }
    out.printf(
        " %5.0f %% | %-34s | %7.2f%s%n",
        100 * series.spread(),
        session.address() + ", session",
        result.latency().micros(50) / series.micros(50),
        mark);
  }

  /** Where a device counts cycles: a clock's, not this machine's. */
  private void printCycles(List<ArithmeticResult> results) {
    if (results.stream().noneMatch(ArithmeticResult::hasCycles)) {
      return;
    }
    out.printf("%nClock cycles of the kernels per batch, medians; not wall time%n");
    out.printf(
        "%-8s %11s %11s %11s %11s %11s | %s%n",
        "variant", "busy", "computing", "wait for A", "wait for B", "wait for C", "busy as time");
    for (ArithmeticResult result : results) {
      if (result.hasCycles()) {
        out.printf("%-8s", result.variant().label());
        for (Cycles kind : Cycles.values()) {
          out.printf(" %,11d", result.latency().cycles(kind));
        }
        out.printf(
            " | %s%n",
            result.clockMhz() == null
                ? "clock unknown"
                : "%.1f us at the xclbin's %d MHz"
                    .formatted(result.busyMicros(), result.clockMhz()));
      }
    }
  }
}
