// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.fabriq.measure.Noise;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The charts of the three kernels beside the lab's: cycles and time, logarithmic.
 *
 * @param times of the same data
 */
record KernelBars(ReportData data, LabTimes times) {
  private static final List<String> KERNELS = ReportData.KERNELS;
  private static final double LEAST_SECONDS = 1e-4;
  private static final double LEAST_CYCLES = 100;

  Figure cyclesFigure() {
    return new Figure(
        "cycles",
        "Cycles against the lab",
        "Kernel cycles for 64 x 128 x 64, logarithmic: the lab's reports, and "
            + KERNELS.stream()
                .flatMap(kernel -> data.clocked(kernel).stream())
                .findFirst()
                .map(counted -> "what " + counted.device() + " counted, weights resident.")
                .orElse("nothing of ours: no device counted cycles."),
        this::cycles);
  }

  Figure timesFigure() {
    return new Figure(
        "inference-time",
        "Inference time by kernel",
        "Seconds for layer 2 of 10,000 images in %d calls, logarithmic: the lab's whole run on"
                .formatted(LabTimes.CALLS)
            + " a Zynq-7020; ours by the model of the break-even; kernels alone, cycles by"
            + " their clock; wall time of the fastest library on this machine."
            + noise().remark(data.onlyQuiet()),
        this::times);
  }

  /** Why wall times of this machine are not to be trusted, by kernel, if they are not. */
  private Noise noise() {
    return KERNELS.stream()
        .map(kernel -> data.latencies().noise(kernel).at(kernel))
        .reduce(Noise.NONE, Noise::and);
  }

  private Chart<?, ?> cycles(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "cycles");
    add(
        chart,
        "lab",
        kernel -> (double) data.lab().kernel(kernel).report().cycles().latencyMax().orElseThrow());
    add(
        chart,
        "FabriQ",
        kernel -> data.clocked(kernel).map(counted -> (double) counted.cycles()).orElse(null));
    logarithmic(chart, LEAST_CYCLES, "#,##0");
    return chart;
  }

  private Chart<?, ?> times(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "seconds");
    add(chart, "lab, whole run", kernel -> data.lab().kernel(kernel).secondsMax());
    add(chart, "FabriQ, by the model", kernel -> orNull(times.offload(kernel)));
    add(chart, "lab, kernel", kernel -> times.labKernel(kernel));
    add(chart, "FabriQ, kernel", kernel -> orNull(times.ownKernel(kernel)));
    add(
        chart,
        "this CPU" + (data.onlyQuiet() ? "" : noise().mark()),
        kernel -> orNull(times.cpu(kernel)));
    logarithmic(chart, LEAST_SECONDS, "0.####");
    return chart;
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** One bar for each kernel, none where there is no figure; no series without any. */
  private static void add(CategoryChart chart, String name, Function<String, Double> figure) {
    List<Double> bars = new ArrayList<>();
    KERNELS.forEach(kernel -> bars.add(figure.apply(kernel)));
    if (bars.stream().anyMatch(bar -> bar != null)) {
      chart.addSeries(name, KERNELS, bars);
    }
  }

  /** Bars of a logarithmic chart begin somewhere above 0. */
  private static void logarithmic(CategoryChart chart, double from, String numbers) {
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(from);
    chart.getStyler().setYAxisDecimalPattern(numbers);
  }
}
