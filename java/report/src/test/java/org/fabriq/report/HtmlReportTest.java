// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTML file by itself, and in a browser where there is one. */
class HtmlReportTest {
  private static final String[] FIGURES = {
    "accuracy", "inference-time", "latency-split", "break-even", "cycles", "resources"
  };
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final long BROWSER_SECONDS = 60;

  @TempDir private Path folder;

  @Test
  void oneFileHoldsEverythingAndChartsLieBesideIt() throws IOException {
    Path html = new HtmlReport(SampleReport.data()).write(folder);
    String text = Files.readString(html);
    assertThat(text)
        .contains("561,234", "1,098", "97.59", "cpu:onednn")
        .contains("a&lt;b &amp; &quot;c&quot;")
        .contains("pays from batch")
        .doesNotContain("<script", "src=\"http", "href=\"http", "url(http", "The machine was not");
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

  private static long colors(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(pixels).distinct().count();
  }

  /** 500 pixels is the least width of a headless window; the phone's layout begins at 600. */
  @ParameterizedTest
  @ValueSource(ints = {500, 1280})
  void aBrowserShowsEveryChartWithoutErrors(int width) throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(CHROMIUM), "skipped: no " + CHROMIUM + ", scripts/setup.sh --test");
    Path html = new HtmlReport(SampleReport.data()).write(folder);
    Path probed = folder.resolve("probed.html");
    Files.writeString(
        probed,
        Files.readString(html)
            .replace(
                "</body>",
                """
                <p id="probe"></p><script>addEventListener("load", () => {
                  const shown = [...document.images].map(i => i.naturalWidth + "w" + i.clientWidth);
                  const root = document.documentElement;
                  document.getElementById("probe").textContent = "shown " + shown.join(" ")
                    + "; overflow " + (root.scrollWidth - root.clientWidth) + ";";
                });</script></body>\
                """));
    List<String> command =
        new ArrayList<>(
            List.of(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=" + width + ",900",
                "--dump-dom",
                probed.toUri().toString()));
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("chromium.log");
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(browser.waitFor(BROWSER_SECONDS, TimeUnit.SECONDS)).as("browser ended").isTrue();
    } finally {
      browser.destroyForcibly();
    }
    String size = width <= 600 ? "380w" : "900w";
    String shown = Files.readString(dom).replaceAll("(?s).*<p id=\"probe\">(.*?)</p>.*", "$1");
    assertThat(shown).startsWith("shown " + size).endsWith("overflow 0;");
    assertThat(shown.split(size, -1)).hasSize(FIGURES.length + 1);
    assertThat(Files.readString(log)).doesNotContain("CONSOLE");
  }
}
