// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.measure.Noise;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The charts of time over batch, on the FPGA and on CPU devices.
 *
 * @param studies of {@code fabriq break-even}: layer 2; the whole network if it was measured
 * @param onlyQuiet whether curves of noisy times are left out
 */
record BreakEvenCurves(JsonNode studies, boolean onlyQuiet) {
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            "break-even",
            "Break-even",
            "Time of layer 2 over the batch: the FPGA by its model, CPU opponents as measured. Both"
                + " axes are logarithmic."
                + remark(studies.path(0)),
            size -> draw(size, studies.path(0))));
    if (studies.size() > 1) {
      figures.add(
          new Figure(
              "break-even-network",
              "Break-even of the whole network",
              "Time of all layers over the batch: on the FPGA by its model, in one launch, and on"
                  + " CPU opponents as measured. Both axes are logarithmic."
                  + remark(studies.path(1)),
              size -> draw(size, studies.path(1))));
    }
    return figures;
  }

  private String remark(JsonNode study) {
    Noise all = Noise.NONE;
    for (JsonNode finding : study.path("findings")) {
      all = all.and(Noise.of(finding));
    }
    return all.remark(onlyQuiet);
  }

  private Chart<?, ?> draw(Figure.Size size, JsonNode study) {
    XYChart chart = ChartStyle.lines(size, "batch", "microseconds");
    List<Double> batches = new ArrayList<>();
    List<Double> fpga = new ArrayList<>();
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    for (JsonNode point : study.path("plot")) {
      batches.add(point.path("batch").asDouble());
      fpga.add(point.path("fpga_us").asDouble());
      point
          .path("cpu_us")
          .properties()
          .forEach(
              side ->
                  cpu.computeIfAbsent(side.getKey(), key -> new ArrayList<>())
                      .add(Math.max(0.1, side.getValue().asDouble())));
    }
    chart.addSeries("FPGA", batches, fpga);
    for (JsonNode finding : study.path("findings")) {
      Noise noise = Noise.of(finding);
      String device = finding.path("device").asText();
      if (noise.shown(onlyQuiet)) {
        chart.addSeries(device + noise.mark(), batches, cpu.get(device));
      }
    }
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setDecimalPattern("#,##0.#");
    return chart;
  }
}
