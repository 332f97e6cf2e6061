// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What does a run cost on XRT's emulations, and how long is it to the first result? Not a JMH
 * benchmark: XRT reads its mode once per process, and the first result needs processes that have
 * done nothing before. Arguments: addresses; without, all four emulations, with C++ models.
 */
public final class EmulationLatency {
  private static final List<String> ALL =
      List.of("xrt:sw_emu", "xrt:hw_emu?model=cpp", "opencl:sw_emu", "opencl:hw_emu?model=cpp");
  private static final int COLD_PROCESSES = 5;

  private EmulationLatency() {}

  /** Runs every measurement in a process of its own, one after the other. */
  public static void main(String[] addresses) throws IOException, InterruptedException {
    System.out.printf(
        "Java %s, %d processors; times in microseconds, load is the machine's of the last minute%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors());
    for (String address : addresses.length == 0 ? ALL : List.of(addresses)) {
      System.out.printf("%n%s, load %.2f%n", address, load());
      run(RunLatency.class, address);
      for (int i = 0; i < COLD_PROCESSES; i++) {
        run(FirstResult.class, address);
      }
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void run(Class<?> program, String address)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.add(address);
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      System.out.printf("%s %s ended with status %d%n", program.getSimpleName(), address, status);
    }
  }
}
