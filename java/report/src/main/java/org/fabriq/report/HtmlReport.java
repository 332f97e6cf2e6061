// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fabriq.FabriqException;
import org.fabriq.resources.LabFigures;
import org.fabriq.resources.Resource;

/**
 * Writes report.html, which needs no network and no script, and its charts as SVG and PNG beside
 * it.
 */
public final class HtmlReport {
  private static final List<String> KERNELS = List.of("f32f32", "f32i8", "i8i8");

  private final ReportData data;
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  /** Plans the report. */
  public HtmlReport(ReportData data) {
    this.data = data;
    new Figures(data).all().forEach(figure -> figures.put(figure.name(), figure));
  }

  /**
   * Writes all files.
   *
   * @param folder exists; files of the same names are overwritten
   * @return report.html
   */
  public Path write(Path folder) {
    try {
      for (Figure figure : figures.values()) {
        Files.writeString(
            folder.resolve(figure.name() + ".svg"), FigureFiles.svg(figure, Figure.Size.WIDE));
        Files.write(
            folder.resolve(figure.name() + ".png"), FigureFiles.png(figure, Figure.Size.WIDE));
      }
      return Files.writeString(folder.resolve("report.html"), html());
    } catch (IOException e) {
      throw new FabriqException(
          "cannot write to %s (%s); name a folder that is writable"
              .formatted(folder, e.getMessage()));
    }
  }

  private String html() {
    HtmlText out = new HtmlText();
    out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<title>FabriQ report</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n")
        .raw("<main>\n<h1>FabriQ report</h1>\n");
    origin(out);
    out.raw("<h2>Against the lab</h2>\n");
    labTable(out);
    out.raw("<h2>Accuracy</h2>\n");
    accuracyTable(out);
    figure(out, "accuracy");
    out.raw("<h2>Time</h2>\n");
    figure(out, "inference-time");
    figure(out, "latency-split");
    latencyTable(out);
    out.raw("<h2>When an FPGA pays</h2>\n");
    breakEven(out);
    figure(out, "break-even");
    out.raw("<h2>Resources and cycles</h2>\n");
    figure(out, "cycles");
    resourceTable(out);
    figure(out, "resources");
    return out.raw("</main>\n</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void origin(HtmlText out) {
    out.raw("<dl>\n");
    entry(out, "FabriQ", data.compare().path("fabriq").asText());
    entry(out, "Machine", data.compare().path("machine").asText());
    entry(out, "Java", data.compare().path("java").asText());
    entry(out, "Model", data.compare().path("model").asText());
    entry(out, "Data", data.compare().path("data").asText());
    entry(out, "Device", data.compare().path("device").asText());
    out.raw("</dl>\n");
    if (noisy()) {
      out.raw("<p class=\"warning\">The machine was not quiet: some latencies were measured beside")
          .raw(" other work and are marked. Measure again on a quiet machine.</p>\n");
    }
  }

  private boolean noisy() {
    for (JsonNode layer : data.latency().path("layers")) {
      for (JsonNode point : layer.path("points")) {
        if (point.path("noise").size() > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static void entry(HtmlText out, String name, String value) {
    out.raw("<dt>").text(name).raw("</dt><dd>").text(value).raw("</dd>\n");
  }

  private void labTable(HtmlText out) {
    HtmlTable table =
        new HtmlTable("kernel", "what", "lab", "FabriQ", "FabriQ / lab").leftAligned(2);
    for (String kernel : KERNELS) {
      LabFigures.Kernel lab = data.lab().kernel(kernel);
      JsonNode variant = data.variant(kernel);
      if (!variant.isMissingNode()) {
        row(
            table,
            kernel,
            "accuracy, %",
            100 * lab.accuracy(),
            100 * variant.path("accuracy").asDouble(),
            2);
        double seconds = data.seconds(variant.path("latency"));
        String device = variant.path("device").asText();
        row(
            table,
            kernel,
            "seconds, layer 2 of 10,000 images, " + device,
            lab.secondsMax(),
            seconds,
            3);
        row(table, kernel, "the same, cpu", lab.secondsMax(), data.seconds(variant.path("cpu")), 3);
      }
      long cycles = data.cycles(kernel);
      if (cycles >= 0) {
        row(
            table,
            kernel,
            "cycles for 64 x 128 x 64",
            lab.report().cycles().latencyMax().orElseThrow(),
            cycles,
            0);
      }
    }
    table.write(out);
    out.raw(
            "<p class=\"note\">The lab measured 10,000 MNIST images on a Zynq-7020. Accuracies"
                + " compare only where")
        .raw(" the data here is MNIST too (<code>--data</code>).</p>\n");
  }

  private static void row(
      HtmlTable table, String kernel, String what, double lab, double own, int digits) {
    String format = "%,." + digits + "f";
    table.row(
        kernel, what, format.formatted(lab), format.formatted(own), "%.3g".formatted(own / lab));
  }

  private void accuracyTable(HtmlText out) {
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

  private void latencyTable(HtmlText out) {
    HtmlTable table =
        new HtmlTable(
                "kernel",
                "layer",
                "batch",
                "device",
                "p50 us",
                "p95 us",
                "p99 us",
                "kernel us",
                "cycles",
                "")
            .leftAligned(2);
    for (JsonNode layer : data.latency().path("layers")) {
      for (JsonNode point : layer.path("points")) {
        for (JsonNode side : point.path("sides")) {
          table.row(
              layer.path("kernel").asText(),
              layer.path("k").asInt() + " x " + layer.path("n").asInt(),
              "%,d".formatted(point.path("batch").asInt()),
              side.path("device").asText(),
              "%,.1f".formatted(side.path("p50_us").asDouble()),
              "%,.1f".formatted(side.path("p95_us").asDouble()),
              "%,.1f".formatted(side.path("p99_us").asDouble()),
              "%,.1f".formatted(side.path("stages_p50_us").path("kernel").asDouble()),
              side.has("kernel_cycles") ? "%,d".formatted(side.get("kernel_cycles").asLong()) : "",
              (side.path("simulated").asBoolean() ? "simulated " : "")
                  + (point.path("noise").size() > 0 ? "noisy" : ""));
        }
      }
    }
    out.raw("<details>\n<summary>All latencies</summary>\n");
    table.write(out);
    out.raw("</details>\n");
  }

  private void breakEven(HtmlText out) {
    JsonNode study = data.breakEven();
    out.raw("<p class=\"note\">")
        .text(
            "%s; launch %.0f us, %.2f GB/s, %.0f MHz, %.0f MACs per cycle."
                .formatted(
                    study.path("kernel").asText().toUpperCase(Locale.ROOT),
                    study.path("launch_us").asDouble(),
                    study.path("rate_gb_per_s").asDouble(),
                    study.path("clock_mhz").asDouble(),
                    study.path("macs_per_cycle").asDouble()))
        .raw("</p>\n<ul>\n");
    for (JsonNode entry : study.path("studies")) {
      for (JsonNode finding : entry.path("findings")) {
        out.raw("<li>").text(finding.path("sentence").asText()).raw("</li>\n");
      }
    }
    out.raw("</ul>\n");
  }

  private void resourceTable(HtmlText out) {
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

  private void figure(HtmlText out, String name) {
    Figure figure = figures.get(name);
    out.raw("<figure id=\"" + name + "\">\n<picture>\n")
        .raw("<source media=\"(max-width: 600px)\" srcset=\"")
        .raw(dataUri(figure, Figure.Size.NARROW))
        .raw("\">\n<img alt=\"")
        .text(figure.title() + ". " + figure.caption())
        .raw("\" src=\"")
        .raw(dataUri(figure, Figure.Size.WIDE))
        .raw("\">\n</picture>\n<figcaption><strong>")
        .text(figure.title() + ".")
        .raw("</strong> ")
        .text(figure.caption())
        .raw("</figcaption>\n</figure>\n");
  }

  private static String dataUri(Figure figure, Figure.Size size) {
    byte[] svg = FigureFiles.svg(figure, size).getBytes(StandardCharsets.UTF_8);
    return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg);
  }
}
