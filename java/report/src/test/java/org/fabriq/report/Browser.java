// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Chromium without a window and without network. */
final class Browser {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final long SECONDS = 60;

  private final Path folder;
  private final Path log;

  /** Keeps its profile and log in a folder. */
  Browser(Path folder) {
    this.folder = folder;
    this.log = folder.resolve("chromium.log");
  }

  static boolean isThere() {
    return Files.isExecutable(CHROMIUM);
  }

  /**
   * The document after loading a page in a frame of a width, which is what the page's layout goes
   * by; a window has a least width. Scripts in the page reach the document as {@code parent}.
   */
  String domOfFramed(String html, int width) throws IOException, InterruptedException {
    Path page = folder.resolve("framed.html");
    Files.writeString(
        page,
        """
        <!doctype html><body><p id="probe"></p>
        <iframe width="%d" height="900" srcdoc="%s"></iframe></body>
        """
            .formatted(width, html.replace("&", "&amp;").replace("\"", "&quot;")));
    return run("--window-size=1500,1000", "--dump-dom", page.toUri().toString());
  }

  /** The page on paper. */
  byte[] pdf(Path page) throws IOException, InterruptedException {
    Path pdf = folder.resolve("page.pdf");
    run("--no-pdf-header-footer", "--print-to-pdf=" + pdf, page.toUri().toString());
    return Files.readAllBytes(pdf);
  }

  /** What the browser logged; messages of the console contain CONSOLE. */
  String log() throws IOException {
    return Files.readString(log);
  }

  private String run(String... arguments) throws IOException, InterruptedException {
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
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("chromium.out");
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(browser.waitFor(SECONDS, TimeUnit.SECONDS)).as("browser ended").isTrue();
    } finally {
      browser.destroyForcibly();
    }
    return Files.readString(out);
  }
}
