// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import org.fabriq.measure.Noise;
import org.fabriq.synthesis.Resource;

/** The tables of the report. */
final class ReportTables {
  private final ReportData data;
  private final HtmlText out;
  private final LabComparison lab;

  ReportTables(ReportData data, HtmlText out) {
    this.data = data;
    this.out = out;
    this.lab = new LabComparison(data);
  }

  /** The three kernels beside the lab's. */
  void lab() {
    HtmlTable table =
        new HtmlTable("kernel", "what", "lab", "FabriQ", "FabriQ / lab", "where ours is from")
            .leftAligned(2)
            .wrappedLast();
    for (LabRow row : lab.rows()) {
      if (row.wordLength() == 0) {
        table.row(
            row.kernel(),
            row.what(),
            row.labText(),
            row.ownText(),
            row.ratioText(),
            row.sourceText());
      }
    }
    table.write(out);
    lab.remarks().forEach(remark -> out.raw("<p class=\"warning\">").text(remark).raw("</p>\n"));
    out.raw("<p class=\"note\">The lab measured layer 2 of 10,000 MNIST images on a Zynq-7020.")
        .raw(
            " Time by a kernel's clock and wall time of this machine are rows of their own.</p>\n");
  }

  /** Accuracy and time by word length beside the lab's. */
  void wordLengths() {
    HtmlTable table = new HtmlTable("wl", "what", "lab", "FabriQ", "FabriQ / lab").leftAligned(2);
    for (LabRow row : lab.rows()) {
      if (row.wordLength() > 0) {
        table.row("" + row.wordLength(), row.what(), row.labText(), row.ownText(), row.ratioText());
      }
    }
    out.raw("<details>\n<summary>All word lengths beside the lab's</summary>\n");
    table.write(out);
    out.raw("</details>\n");
  }

  /** What {@code fabriq compare} found. */
  void variants() {
    HtmlTable table =
        new HtmlTable("variant", "device", "weights", "accuracy", "agreement", "mismatches")
            .leftAligned(3);
    for (JsonNode variant : data.compare().path("variants")) {
      table.row(
          variant.path("name").asText(),
          variant.path("device").asText(),
          variant.path("scheme").asText(),
          "%.2f %%".formatted(100 * variant.path("accuracy").asDouble()),
          "%.2f %%".formatted(100 * variant.path("agreement").asDouble()),
          "%,d".formatted(variant.path("mismatches").asLong()));
    }
    table.write(out);
  }

  /** Every side of every point. */
  void latencies() {
    HtmlTable table =
        new HtmlTable(
                "kernel",
                "layer",
                "batch",
                "device",
                "samples",
                "spread",
                "p50 us",
                "p95 us",
                "p99 us",
                "kernel us",
                "cycles",
                "remarks")
            .leftAligned(2)
            .wrappedLast();
    for (JsonNode layer : data.latency().path("layers")) {
      for (JsonNode point : layer.path("points")) {
        Noise noise = Noise.ofPoint(point);
        for (JsonNode side : point.path("sides")) {
          table.row(
              layer.path("kernel").asText(),
              layer.path("k").asInt() + " x " + layer.path("n").asInt(),
              "%,d".formatted(point.path("batch").asInt()),
              side.path("device").asText(),
              "%,d".formatted(side.path("samples").asLong()),
              side.has("spread") ? "%.0f %%".formatted(100 * side.get("spread").asDouble()) : "",
              micros(side.path("p50_us"), noise),
              micros(side.path("p95_us"), noise),
              micros(side.path("p99_us"), noise),
              micros(side.path("stages_p50_us").path("kernel"), noise),
              side.has("kernel_cycles") ? "%,d".formatted(side.get("kernel_cycles").asLong()) : "",
              remarks(side, noise));
        }
      }
    }
    out.raw("<details>\n<summary>All latencies</summary>\n");
    table.write(out);
    out.raw("<p class=\"note\">spread: interquartile range of the samples over their median.</p>\n")
        .raw("</details>\n");
  }

  private String micros(JsonNode value, Noise noise) {
    return noise.shown(data.onlyQuiet()) ? "%,.1f".formatted(value.asDouble()) + noise.mark() : "-";
  }

  private static String remarks(JsonNode side, Noise noise) {
    String simulated = side.path("simulated").asBoolean() ? "simulated" : "";
    String separator = simulated.isEmpty() || noise.quiet() ? "" : "; ";
    return simulated + separator + (noise.quiet() ? "" : noise.cause());
  }

  /** Every report, the lab's among them. */
  void resources() {
    HtmlTable table =
        new HtmlTable(
                "name", "report", "LUT", "FF", "DSP", "BRAM_18K", "URAM", "clock ns", "latency")
            .leftAligned(2);
    for (JsonNode report : data.resources().path("reports")) {
      String[] cells = new String[9];
      cells[0] = report.path("name").asText();
      cells[1] = report.path("kind").asText() + ", " + report.path("stage").asText();
      for (Resource resource : Resource.values()) {
        cells[2 + resource.ordinal()] = used(report, resource.name());
      }
      cells[7] =
          report.has("clock_estimated_ns")
              ? "%.2f".formatted(report.get("clock_estimated_ns").asDouble())
              : "";
      cells[8] =
          report.has("latency_max") ? "%,d".formatted(report.get("latency_max").asLong()) : "";
      table.row(cells);
    }
    table.write(out);
  }

  private static String used(JsonNode report, String resource) {
    JsonNode used = report.path("used").path(resource);
    JsonNode share = report.path("share").path(resource);
    return used.isMissingNode()
        ? ""
        : share.isMissingNode()
            ? "%,d".formatted(used.asLong())
            : "%,d (%.1f %%)".formatted(used.asLong(), 100 * share.asDouble());
  }
}
