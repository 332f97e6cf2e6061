// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.measure.DispatchStage;
import org.fabriq.measure.Noise;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The chart of where the time of a dispatch goes, device by device.
 *
 * @param point of {@code fabriq latency}
 */
record LatencySplit(JsonNode point) {
  Noise noise() {
    return Noise.ofPoint(point);
  }

  Figure figure() {
    return new Figure(
        "latency-split",
        "Where the time goes",
        "Medians of one dispatch of layer 2 (int8 x int8) at batch %d. Wall time of simulated"
                .formatted(point.path("batch").asInt())
            + " devices is left out."
            + noise().remark(false),
        this::draw);
  }

  private Chart<?, ?> draw(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "microseconds");
    chart.getStyler().setStacked(true);
    List<String> devices = new ArrayList<>();
    List<JsonNode> sides = new ArrayList<>();
    for (JsonNode side : point.path("sides")) {
      if (!side.path("simulated").asBoolean()) {
        sides.add(side);
        String name = side.path("device").asText().replaceFirst("^cpu:", "");
        devices.add(name.replaceFirst("cpu\\?threads=", "all cores: ") + noise().mark());
      }
    }
    for (DispatchStage stage : DispatchStage.values()) {
      List<Double> micros = new ArrayList<>();
      for (JsonNode side : sides) {
        micros.add(side.path("stages_p50_us").path(stage.label()).asDouble());
      }
      if (micros.stream().anyMatch(value -> value > 0)) {
        chart.addSeries(stage.label(), devices, micros);
      }
    }
    chart.getStyler().setXAxisLabelRotation(size == Figure.Size.NARROW ? 60 : 0);
    return chart;
  }
}
