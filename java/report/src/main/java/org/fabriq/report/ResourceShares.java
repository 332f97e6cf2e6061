// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fabriq.synthesis.Resource;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The chart of used resources, report by report.
 *
 * @param resources of {@code fabriq resources}
 */
record ResourceShares(JsonNode resources) {
  Figure figure() {
    return new Figure(
        "resources",
        "Used resources",
        "Share of the %s, by kernel and report. Yosys counts before placement and routing."
            .formatted(resources.path("device").asText("device")),
        this::draw);
  }

  private Chart<?, ?> draw(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "% of the device");
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Resource resource : Resource.values()) {
      if (resource != Resource.URAM || uses(resource)) {
        names.add(resource.name());
      }
    }
    for (JsonNode report : resources.path("reports")) {
      if (report.path("used").size() > 0) {
        List<Double> shares = new ArrayList<>();
        names.forEach(name -> shares.add(100 * report.path("share").path(name).asDouble()));
        String kind = report.path("kind").asText();
        String name = report.path("name").asText();
        chart.addSeries(
            unique(taken, kind.equals("reference") ? name : name + " (" + kind + ")"),
            names,
            shares);
      }
    }
    return chart;
  }

  /** Whether a report has some of it; many devices have no URAM. */
  private boolean uses(Resource resource) {
    for (JsonNode report : resources.path("reports")) {
      if (report.path("used").path(resource.name()).asLong() > 0) {
        return true;
      }
    }
    return false;
  }

  private static String unique(Set<String> taken, String name) {
    String candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + " " + i;
    }
    return candidate;
  }
}
