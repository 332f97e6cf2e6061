// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that opens a device and multiplies, tells how that went, and does it again for
 * each line that it is sent. Closing ends it.
 */
final class FreshOpen implements AutoCloseable {
  static final String WORKS = "works";

  private static final String MARK = "fresh-open";

  private final Process process;
  private final BufferedReader lines;
  private final PrintStream requests;
  private final List<String> output = new ArrayList<>();

  /** How an open went: {@link #WORKS} or the exception's class, its message, the time it took. */
  record Outcome(String result, String message, Duration time) {}

  /**
   * Starts the JVM.
   *
   * @param environment variables beside this JVM's own
   */
  FreshOpen(String address, Map<String, String> environment) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String property : List.of("fabriq.shapes", "fabriq.descriptors", "fabriq.cache")) {
      if (System.getProperty(property) != null) {
        command.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FreshOpen.class.getName(), address));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    process = builder.start();
    lines = process.inputReader(StandardCharsets.UTF_8);
    requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Of the first open, or the next one that was asked for. */
  Outcome outcome() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.add(line);
      String[] fields = line.split("\t", 4);
      if (fields[0].equals(MARK)) {
        return new Outcome(fields[1], fields[3], Duration.ofNanos(Long.parseLong(fields[2])));
      }
    }
    return new Outcome("no answer", output(), Duration.ofDays(1));
  }

  Outcome openAgain() throws IOException {
    requests.println();
    return outcome();
  }

  /** All lines it has written. */
  String output() {
    return String.join("\n", output);
  }

  @Override
  public void close() {
    requests.close();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }

  /** The other JVM. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    do {
      long start = System.nanoTime();
      String result = WORKS;
      String message = "";
      try {
        FaultMatrixTest.assertWorks(arguments[0]);
      } catch (Exception | AssertionError e) {
        result = e.getClass().getSimpleName();
        message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
      }
      long time = System.nanoTime() - start;
      System.out.println(String.join("\t", MARK, result, Long.toString(time), message));
    } while (requests.readLine() != null);
  }
}
