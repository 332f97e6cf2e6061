// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.ArrayList;
import java.util.Arrays;
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
    Map<String, Double[]> series = new LinkedHashMap<>();
    for (NetworkBreakEven study : studies) {
      int network = names.size();
      int batch = largestBatch(study.network());
      names.add(study.network().name() + ", " + batch);
      for (Board board : study.boards()) {
        if (study.network().planned().fits()) {
          bars(series, board.name().replaceFirst("^an? ", ""))[network] =
              board.micros(study.network().planned(), batch) / batch;
        }
      }
      for (CpuCurve curve : study.opponents()) {
        if (curve.noise().shown(onlyQuiet)) {
          bars(series, curve.device())[network] = curve.at(batch) / batch;
        }
      }
    }
    CategoryChart chart = ChartStyle.bars(size, "microseconds an image");
    series.forEach((name, bars) -> chart.addSeries(name, names, Arrays.asList(bars)));
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(LEAST_MICROS);
    chart.getStyler().setYAxisDecimalPattern("#,##0.#");
    chart.getStyler().setXAxisLabelRotation(size == Figure.Size.NARROW ? 60 : 0);
    return chart;
  }

  /** The bars of a series, one for each network; null for one that has none. */
  private Double[] bars(Map<String, Double[]> series, String name) {
    return series.computeIfAbsent(name, key -> new Double[studies.size()]);
  }

  private static int largestBatch(NetworkLatency network) {
    return network.points().stream().mapToInt(NetworkLatency.Point::batch).max().orElse(1);
  }
}
