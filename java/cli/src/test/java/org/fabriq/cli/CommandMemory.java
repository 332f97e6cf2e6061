// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that runs the command, whose arguments are its own, and prints the last line of that,
 * the most memory the process has taken, and the CPU libraries it has loaded.
 */
final class CommandMemory {
  private static final List<String> LIBRARIES = List.of("dnnl", "openblas", "onnxruntime");

  private CommandMemory() {}

  public static void main(String[] arguments) throws IOException {
    CommandRun run = CommandRun.of(arguments);
    String maps = Files.readString(Path.of("/proc/self/maps"));
    System.out.println(run.out().lines().reduce("", (first, last) -> last) + run.err());
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .forEach(line -> System.out.printf("peak %s kB%n", line.replaceAll("[^0-9]", "")));
    System.out.println("loaded " + LIBRARIES.stream().filter(maps::contains).toList());
  }
}
