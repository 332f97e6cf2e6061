// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.measure.Board;
import org.fabriq.measure.CpuCurve;
import org.fabriq.measure.NetworkBreakEven;
import org.fabriq.measure.NetworkLatency;
import org.fabriq.measure.Noise;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The chart of whole networks: what an image takes in the largest batch that was measured, on
 * boards by their model and on the CPU.
 *
 * @param studies of networks with a session on the CPU
 * @param onlyQuiet whether bars of noisy times are left out
 */
record NetworkBars(List<NetworkBreakEven> studies, boolean onlyQuiet) {
  private static final double LEAST_MICROS = 0.1;

  Figure figure() {
    Noise noise = studies.stream().map(NetworkBreakEven::noise).reduce(Noise.NONE, Noise::and);
    return new Figure(
        "networks",
        "Whole networks",
        "Microseconds an image in the largest batch that was measured, logarithmic: on boards by"
            + " their model (launch, copies, cycles by formula; nothing was measured on one), and"
            + " in a session of ONNX Runtime on this machine."
            + noise.remark(onlyQuiet),
        this::draw);
  }

  private Chart<?, ?> draw(Figure.Size size) {
    List<String> names = new ArrayList<>();
    Map<String, List<Double>> series = new LinkedHashMap<>();
    for (NetworkBreakEven study : studies) {
      int batch = largestBatch(study.network());
      names.add(study.network().name() + ", " + batch);
      for (Board board : study.boards()) {
        boolean fits = study.network().planned().fits();
        add(
            series,
            names.size() - 1,
            board.name().replaceFirst("^an? ", ""),
            fits ? board.micros(study.network().planned(), batch) / batch : null);
      }
      for (CpuCurve curve : study.opponents()) {
        boolean shown = curve.noise().shown(onlyQuiet);
        add(series, names.size() - 1, curve.device(), shown ? curve.at(batch) / batch : null);
      }
    }
    CategoryChart chart = ChartStyle.bars(size, "microseconds an image");
    series.forEach(
        (name, bars) -> {
          fill(bars, names.size());
          if (bars.stream().anyMatch(bar -> bar != null)) {
            chart.addSeries(name, names, bars);
          }
        });
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(LEAST_MICROS);
    chart.getStyler().setYAxisDecimalPattern("#,##0.#");
    chart.getStyler().setXAxisLabelRotation(size == Figure.Size.NARROW ? 60 : 0);
    return chart;
  }

  /** Adds the bar of a network to a series, which the networks before it need not have. */
  private static void add(
      Map<String, List<Double>> series, int network, String name, Double value) {
    List<Double> bars = series.computeIfAbsent(name, key -> new ArrayList<>());
    fill(bars, network);
    bars.add(value);
  }

  private static void fill(List<Double> bars, int count) {
    while (bars.size() < count) {
      bars.add(null);
    }
  }

  private static int largestBatch(NetworkLatency network) {
    return network.points().stream().mapToInt(NetworkLatency.Point::batch).max().orElse(1);
  }
}
