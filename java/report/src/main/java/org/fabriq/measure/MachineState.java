// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The machine at one moment.
 *
 * @param processor its name
 * @param processors how many the JVM may use
 * @param load of the last minute, negative if unknown
 * @param megahertz mean clock of the processors, 0 if the system does not tell
 */
public record MachineState(String processor, int processors, double load, double megahertz) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** As it is now. */
  public static MachineState now() {
    List<String> lines = lines();
    String name =
        lines.stream()
            .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
            .map(MachineState::value)
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    OptionalDouble clock =
        lines.stream()
            .filter(line -> line.startsWith("cpu MHz"))
            .mapToDouble(line -> Double.parseDouble(value(line)))
            .average();
    return new MachineState(
        name,
        Runtime.getRuntime().availableProcessors(),
        NoiseWatch.loadAverage(),
        clock.orElse(0));
  }

  @Override
  public String toString() {
    return "%s, %d processors%s%s"
        .formatted(
            processor,
            processors,
            load < 0 ? "" : ", load %.2f".formatted(load),
            megahertz > 0 ? ", %.0f MHz".formatted(megahertz) : "");
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  private static List<String> lines() {
    try {
      return Files.exists(CPUINFO) ? Files.readAllLines(CPUINFO) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
