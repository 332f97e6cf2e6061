// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTML file by itself, and in a browser where there is one. */
@Tag("long")
class HtmlReportTest {
  private static final String[] FIGURES = {
    "cycles",
    "inference-time",
    "accuracy",
    "latency-split",
    "break-even",
    "break-even-network",
    "networks",
    "resources"
  };

  /** Tells the page's width, what charts it shows, and what sticks out of it. */
  private static final String PROBE =
      """
      <script>addEventListener("load", () => {
        const root = document.documentElement;
        const shown = [...document.images].map(i => i.naturalWidth + "w" + i.clientWidth);
        const cut = [...document.querySelectorAll("p, li, dd, h2, figure")]
            .filter(e => e.getBoundingClientRect().right > root.clientWidth).length;
        parent.document.getElementById("probe").textContent = "width " + innerWidth + "; "
            + shown.join(" ") + "; overflow " + (root.scrollWidth - root.clientWidth)
            + "; cut " + cut + ";";
      });</script>\
      """;

  @TempDir private Path folder;

  @Test
  void oneFileHoldsEverythingAndChartsLieBesideIt() throws IOException {
    Path html = new HtmlReport(SampleReport.data()).write(folder);
    String text = Files.readString(html);
    assertThat(text)
        .contains("561,234", "1,098", "97.59", "cpu:onednn")
        .contains("a&lt;b &amp; &quot;c&quot;")
        .contains("pays from batch")
        .contains(
            "kws on a Zynq-7020",
            "wide is no program: too many weights",
            ">xrt:hw_emu, one launch<")
        .contains("Assumed of a KV260: launch 60.0 us, 2.40 GB/s, 300 MHz", ">48 %<", ">21,000<")
        .doesNotContain("<script", "src=\"http", "href=\"http", "url(http", "are noisy");
    for (String figure : FIGURES) {
      assertThat(text).contains("<figure id=\"" + figure + "\">");
      assertThat(Files.readString(folder.resolve(figure + ".svg")))
          .contains("viewBox=\"0 0 900 400\"", "sans-serif")
          .doesNotContain("NaN", "'SansSerif'");
      BufferedImage image = ImageIO.read(folder.resolve(figure + ".png").toFile());
      assertThat(image.getWidth()).isEqualTo(1800);
      assertThat(colors(image)).as(figure).isGreaterThan(20);
    }
  }

  @Test
  void whatIsMissingOrNoisySaysSo() throws IOException {
    Path html = new HtmlReport(SampleReport.noisyAndIncomplete(false)).write(folder);
    assertThat(Files.readString(html))
        .contains("Times marked with ? are noisy; what disturbed them stands beside them")
        .contains("Times marked with ? are noisy: i8i8: load 9.0 on 2 processors.")
        .contains("40.0?", ">7 %<", ">500<", ">noisy: load 9.0 on 2 processors<", "us there")
        .contains("no device counted cycles", "no report of this kernel")
        .contains(">90.0?<", "kws, batch 1: busy");
    for (String figure : FIGURES) {
      Path svg = folder.resolve(figure + ".svg");
      if (figure.equals("break-even-network")) {
        assertThat(svg).as("not all layers were measured").doesNotExist();
      } else {
        assertThat(Files.readString(svg)).doesNotContain("NaN");
      }
    }
  }

  @Test
  void onRequestNoisyTimesStandNowhere() throws IOException {
    Path html = new HtmlReport(SampleReport.noisyAndIncomplete(true)).write(folder);
    assertThat(Files.readString(html))
        .contains("Some times are noisy and therefore withheld", ">noisy: load 9.0 on 2")
        .contains("against cpu:onednn is withheld", "Times are left out where they are noisy")
        .contains("kws against onnxruntime is withheld")
        .doesNotContain("40.0", "us there", "latency-split", ">90.0<");
    assertThat(folder.resolve("latency-split.svg")).doesNotExist();
    assertThat(Files.readString(folder.resolve("break-even.svg"))).doesNotContain("cpu:onednn");
  }

  private static long colors(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(pixels).distinct().count();
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 600, 1280})
  void aBrowserShowsEveryChartWithoutErrors(int width) throws IOException, InterruptedException {
    assumeTrue(Browser.isThere(), "skipped: no chromium, scripts/setup.sh --test");
    String html = Files.readString(new HtmlReport(SampleReport.data()).write(folder));
    Browser browser = new Browser(folder);
    String dom = browser.domOfFramed(html.replace("</body>", PROBE + "</body>"), width);
    String shown = dom.replaceAll("(?s).*<p id=\"probe\">(.*?)</p>.*", "$1");
    assertThat(shown).startsWith("width " + width + "; ").endsWith("overflow 0; cut 0;");
    String size = width <= 600 ? "380w" : "900w";
    assertThat(shown.split(size, -1)).as(shown).hasSize(FIGURES.length + 1);
    assertThat(browser.log()).doesNotContain("CONSOLE");
  }

  @Test
  void consoleErrorsWouldBeSeen() throws IOException, InterruptedException {
    assumeTrue(Browser.isThere(), "skipped: no chromium, scripts/setup.sh --test");
    Browser browser = new Browser(folder);
    browser.domOfFramed("<body><script>throw new Error('seen')</script></body>", 390);
    assertThat(browser.log()).contains("CONSOLE", "seen");
  }

  @Test
  void itPrints() throws IOException, InterruptedException {
    assumeTrue(Browser.isThere(), "skipped: no chromium, scripts/setup.sh --test");
    Path html = new HtmlReport(SampleReport.data()).write(folder);
    byte[] pdf = new Browser(folder).pdf(html);
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("%PDF-");
    assertThat(text.split("/Type /Page\\b(?!s)", -1).length - 1).as("pages").isBetween(3, 8);
  }
}
