// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.synthesis.LabFigures;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The chart of accuracy over word length.
 *
 * @param sweep of {@code fabriq sweep}
 */
record AccuracyByWordLength(JsonNode sweep, LabFigures lab) {
  Figure figure() {
    return new Figure(
        "accuracy",
        "Accuracy by word length",
        "fp32 x int8 with fixed-point weights of 1 to 8 bits: all layers and layer 2 only,"
            + " rescaled; the lab's literal codes, ours and as the lab reported them.",
        this::draw);
  }

  private Chart<?, ?> draw(Figure.Size size) {
    XYChart chart = ChartStyle.lines(size, "word length, bits", "accuracy, %");
    List<Integer> wl = new ArrayList<>();
    Map<String, List<Double>> series = new LinkedHashMap<>();
    for (JsonNode row : sweep.path("rows")) {
      wl.add(row.path("wl").asInt());
      row.properties()
          .forEach(
              cell -> {
                if (cell.getValue().isObject()) {
                  series
                      .computeIfAbsent(cell.getKey(), key -> new ArrayList<>())
                      .add(100 * cell.getValue().path("accuracy").asDouble());
                }
              });
    }
    series.forEach((name, values) -> chart.addSeries(label(name), wl, values));
    List<Integer> labWl = new ArrayList<>();
    List<Double> labAccuracy = new ArrayList<>();
    for (LabFigures.WordLength point : lab.wordLengths()) {
      labWl.add(point.wl());
      labAccuracy.add(100 * point.accuracy());
    }
    chart.addSeries("lab, MNIST", labWl, labAccuracy);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(100.0);
    return chart;
  }

  private static String label(String column) {
    return switch (column) {
      case "all" -> "all layers";
      case "layer2" -> "layer 2 only";
      default -> column;
    };
  }
}
