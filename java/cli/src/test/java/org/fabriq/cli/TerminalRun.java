// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.fabriq.testing.ChildJvm;

/**
 * A run of the command, in a process of its own, on a pseudo-terminal that {@code script} of
 * util-linux makes; this process needs none.
 *
 * @param sent all that the terminal was sent
 * @param results what of it went to standard output
 */
record TerminalRun(int exitCode, int columns, String sent, String results) {
  private static final String INTERRUPT = "\3";

  /** Runs to the end. */
  static TerminalRun of(Path folder, int columns, List<String> arguments) throws Exception {
    return of(folder, columns, arguments, "", sent -> false);
  }

  /**
   * Runs in a shell.
   *
   * @param redirection as {@code 2> file}
   * @param interrupt presses Ctrl-C as soon as what was sent is so
   */
  static TerminalRun of(
      Path folder,
      int columns,
      List<String> arguments,
      String redirection,
      Predicate<String> interrupt)
      throws Exception {
    Path results = folder.resolve("results.txt");
    List<String> java =
        ChildJvm.command("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"); // for short runs
    java.addAll(List.of(RecordedCommand.class.getName(), results.toString()));
    java.addAll(arguments);
    String command =
        "stty rows 40 cols %d && %s %s".formatted(columns, ChildJvm.quoted(java), redirection);
    ProcessBuilder builder = new ProcessBuilder("script", "-qec", command, "/dev/null");
    builder.environment().put("TERM", "xterm");
    Process process = builder.redirectErrorStream(true).start();
    String sent = read(process, interrupt);
    return new TerminalRun(process.waitFor(), columns, sent, Files.readString(results));
  }

  private static String read(Process process, Predicate<String> interrupt) throws IOException {
    StringBuilder sent = new StringBuilder();
    boolean pressed = false;
    Reader in = process.inputReader(UTF_8);
    char[] part = new char[4096];
    for (int read = in.read(part); read >= 0; read = in.read(part)) {
      sent.append(part, 0, read);
      if (!pressed && interrupt.test(sent.toString())) {
        process.getOutputStream().write(INTERRUPT.getBytes(UTF_8));
        process.getOutputStream().flush();
        pressed = true;
      }
    }
    return sent.toString();
  }

  /** What a person sees at the end. */
  TerminalPicture picture() {
    return new TerminalPicture(columns, sent);
  }

  /** Whether there was a bar of a task. */
  boolean hadBar(String task) {
    return sent.contains("\r" + task + " ");
  }

  /** The lines that a pipe would have got. */
  List<String> resultLines() {
    return results.lines().map(String::stripTrailing).toList();
  }
}
