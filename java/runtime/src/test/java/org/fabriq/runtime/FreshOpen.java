// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.ChildJvm;

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
   * @param before a device that it opens before, so that FabriQ's classes are loaded; or ""
   * @param environment variables beside this JVM's own
   */
  FreshOpen(String before, String address, Map<String, String> environment) throws IOException {
    List<String> properties = new ArrayList<>();
    for (String property : List.of("fabriq.shapes", "fabriq.descriptors", "fabriq.cache")) {
      if (System.getProperty(property) != null) {
        properties.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    List<String> command = ChildJvm.command(properties.toArray(String[]::new));
    command.addAll(List.of(FreshOpen.class.getName(), before, address));
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

  /** The other JVM; arguments: a device to open before, or "", and the device. */
  public static void main(String[] arguments) throws IOException {
    if (!arguments[0].isEmpty()) {
      nanosToResult(arguments[0]);
    }
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    do {
      long start = System.nanoTime();
      try {
        tell(WORKS, nanosToResult(arguments[1]), "");
      } catch (Exception | AssertionError e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        tell(e.getClass().getSimpleName(), System.nanoTime() - start, message);
      }
    } while (requests.readLine() != null);
  }

  private static void tell(String result, long nanos, String message) {
    System.out.println(String.join("\t", MARK, result, Long.toString(nanos), message));
  }

  /** Opens the device, multiplies 5 by 3, and closes it; the time until the result. */
  static long nanosToResult(String address) {
    Int32Tensor c = Int32Tensor.of(new int[] {-77}, 1, 1);
    long start = System.nanoTime();
    try (Device device = Device.open(address)) {
      MatmulKernel kernel = device.matmul(KernelType.I8I8);
      PreparedWeights weights =
          kernel.prepare(
              WeightsI8I8.raw(Int8Tensor.of(new byte[] {3}, 1, 1), 0, new int[1], new int[1]));
      kernel.multiply(Int8Tensor.of(new byte[] {5}, 1, 1), weights, c);
      long nanos = System.nanoTime() - start;
      assertThat(c.get(0)).isEqualTo(15);
      return nanos;
    }
  }
}
