// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import org.fabriq.cli.LatencySamples.Part;
import org.fabriq.runtime.StageTimes.Cycles;

/** Prints results of a comparison for people. */
final class ComparisonTable {
  private ComparisonTable() {}

  static void print(List<VariantResult> results, PrintWriter out) {
    out.printf(
        "%-8s %-12s %-12s %9s %9s %10s %9s%n",
        "variant", "device", "weights", "accuracy", "agreement", "mismatches", "size");
    for (VariantResult result : results) {
      out.printf(
          "%-8s %-12s %-12s %8.2f%% %8.2f%% %,10d %7.1f KB%n",
          result.variant().label(),
          result.device(),
          result.scheme(),
          100 * result.accuracy(),
          100 * result.agreement(),
          result.mismatches(),
          result.weightBytes() / 1000.0);
    }
    out.printf("%nLatency of the placed layers per batch, microseconds%n");
    out.printf(
        "%-8s %8s %8s %8s | %8s %8s %8s %8s %8s | %8s %8s %8s | %7s%n",
        "variant",
        "p50",
        "p95",
        "p99",
        "quantize",
        "transfer",
        "kernel",
        "dequant",
        "rest",
        "cpu p50",
        "p95",
        "p99",
        "ratio");
    for (VariantResult result : results) {
      LatencySamples own = result.latency();
      LatencySamples cpu = result.cpu();
      out.printf(
          "%-8s %8.1f %8.1f %8.1f | %8.1f %8.1f %8.1f %8.1f %8.1f | %8.1f %8.1f %8.1f | %7.2f%n",
          result.variant().label(),
          own.micros(Part.TOTAL, 50),
          own.micros(Part.TOTAL, 95),
          own.micros(Part.TOTAL, 99),
          own.micros(Part.QUANTIZE, 50),
          own.micros(Part.TRANSFER, 50),
          own.micros(Part.KERNEL, 50),
          own.micros(Part.DEQUANTIZE, 50),
          own.micros(Part.REST, 50),
          cpu.micros(Part.TOTAL, 50),
          cpu.micros(Part.TOTAL, 95),
          cpu.micros(Part.TOTAL, 99),
          own.micros(Part.TOTAL, 50) / cpu.micros(Part.TOTAL, 50));
    }
    printCycles(results, out);
    out.println();
    out.println("agreement: same class as f32. mismatches: elements of C that differ from the");
    out.println(
        "reference in a bit. Stages are medians. cpu: the same layers on the fastest library,");
    out.println(
        "batches interleaved. ratio: device p50 / cpu p50. The activation function runs on");
    out.println(
        "the CPU either way and is in neither. 'emulation' runs the kernels' source on this");
    out.println("CPU: it shows the numbers, not the speed of an FPGA.");
    out.flush();
  }

  /** Where a device counts cycles: a clock's, not this machine's. */
  private static void printCycles(List<VariantResult> results, PrintWriter out) {
    if (results.stream().noneMatch(result -> result.latency().hasCycles())) {
      return;
    }
    out.printf("%nClock cycles of the kernels per batch, medians; not wall time%n");
    out.printf(
        "%-8s %11s %11s %11s %11s %11s | %s%n",
        "variant", "busy", "computing", "wait for A", "wait for B", "wait for C", "busy as time");
    for (VariantResult result : results) {
      LatencySamples own = result.latency();
      if (own.hasCycles()) {
        out.printf(
            "%-8s %,11d %,11d %,11d %,11d %,11d | %s%n",
            result.variant().label(),
            own.cycles(Cycles.BUSY),
            own.cycles(Cycles.COMPUTING),
            own.cycles(Cycles.STALLED_ON_A),
            own.cycles(Cycles.STALLED_ON_B),
            own.cycles(Cycles.STALLED_ON_C),
            result.clockMhz() == null
                ? "clock unknown"
                : "%.1f us at the image's %d MHz"
                    .formatted(
                        (double) own.cycles(Cycles.BUSY) / result.clockMhz(), result.clockMhz()));
      }
    }
  }
}
