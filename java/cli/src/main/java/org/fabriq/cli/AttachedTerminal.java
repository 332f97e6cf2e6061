// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * The terminal that a person sits before. {@link System#console} does not tell on every JDK (from
 * 22 on there is one without a terminal too), and on none whether standard error goes there; the
 * shell's {@code test -t} tells of both streams.
 */
final class AttachedTerminal {
  private static final int USUAL_COLUMNS = 80;

  private AttachedTerminal() {}

  /**
   * Its columns; 0 if standard output or standard error goes elsewhere, or the terminal moves no
   * cursor ({@code TERM} is dumb). Takes some milliseconds.
   */
  static int columns() {
    String kind = System.getenv("TERM");
    if (kind == null || kind.equals("dumb")) {
      return 0;
    }
    try {
      if (ask("test -t 1", Redirect.INHERIT).waitFor() != 0) {
        return 0;
      }
      Process size = ask("test -t 2 && stty size <&2", Redirect.PIPE);
      String answer = new String(size.getInputStream().readAllBytes(), US_ASCII);
      return size.waitFor() == 0 ? columns(answer) : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static Process ask(String question, Redirect output) throws IOException {
    return new ProcessBuilder("sh", "-c", question)
        .redirectOutput(output)
        .redirectError(Redirect.INHERIT)
        .start();
  }

  /** Of "rows columns"; a terminal that does not know says 0. */
  private static int columns(String size) {
    String[] words = size.strip().split(" ");
    int columns =
        words.length == 2 && words[1].matches("[0-9]{1,5}") ? Integer.parseInt(words[1]) : 0;
    return columns == 0 ? USUAL_COLUMNS : columns;
  }
}
