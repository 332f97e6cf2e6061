// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.FabriqException;
import org.fabriq.io.IoReason;

/**
 * Writes report.html, which needs no network and no script, and its charts as SVG and PNG beside
 * it.
 */
public final class HtmlReport {
  private final ReportData data;
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  /** Plans the report. */
  public HtmlReport(ReportData data) {
    this.data = data;
    Figures.of(data).forEach(figure -> figures.put(figure.name(), figure));
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
              .formatted(folder, IoReason.of(e)));
    }
  }

  private String html() {
    HtmlText out = new HtmlText();
    out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<title>FabriQ report</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n")
        .raw("<main>\n<h1>FabriQ report</h1>\n");
    origin(out);
    ReportTables tables = new ReportTables(data, out);
    out.raw("<h2>Against the lab</h2>\n");
    tables.lab();
    figure(out, "cycles");
    figure(out, "inference-time");
    out.raw("<h2>Accuracy</h2>\n");
    figure(out, "accuracy");
    tables.wordLengths();
    tables.variants();
    out.raw("<h2>Where the time goes</h2>\n");
    if (figures.containsKey("latency-split")) {
      figure(out, "latency-split");
    }
    tables.latencies();
    out.raw("<h2>When an FPGA pays</h2>\n");
    new BreakEvenFindings(data.breakEven(), data.onlyQuiet()).write(out);
    figure(out, "break-even");
    if (figures.containsKey("break-even-network")) {
      figure(out, "break-even-network");
    }
    if (!data.networks().isEmpty()) {
      out.raw("<h2>Whole networks</h2>\n");
      if (figures.containsKey("networks")) {
        figure(out, "networks");
      }
      new NetworkTables(data.networks(), data.networkStudies(), data.onlyQuiet()).write(out);
    }
    out.raw("<h2>Resources</h2>\n");
    figure(out, "resources");
    tables.resources();
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
    if (data.latencies().noisy()) {
      out.raw("<p class=\"warning\">")
          .text(
              data.onlyQuiet()
                  ? "Some times are noisy and therefore withheld; what disturbed them stands in"
                      + " their place."
                  : "Times marked with ? are noisy; what disturbed them stands beside them.")
          .raw(" Measure again with more samples, on a quiet machine.</p>\n");
    }
  }

  private static void entry(HtmlText out, String name, String value) {
    out.raw("<dt>").text(name).raw("</dt><dd>").text(value).raw("</dd>\n");
  }

  private void figure(HtmlText out, String name) {
    Figure figure = figures.get(name);
    out.raw("<figure id=\"" + name + "\">\n<picture>\n")
        .raw("<source media=\"screen and (max-width: 600px)\" srcset=\"")
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
