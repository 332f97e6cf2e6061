// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceProvider;
import org.fabriq.runtime.DeviceUnavailableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fabriq devices}. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = {
      "List the devices that --device of other commands takes, and what they run " + "on."
    },
    footer = {
      "See what is here, and what others would need:",
      "  fabriq devices",
      "Hand one of the addresses to another command:",
      "  fabriq compare --device cpu:java"
    })
final class DevicesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (DeviceProvider provider : Device.providers()) {
      out.printf("%-12s %s%n", provider.scheme(), provider.summary());
      out.printf("%-12s %s%n", "", state(provider::probe));
      for (String instance : provider.instances()) {
        out.printf("  %-16s %s%n", instance, state(() -> description(instance)));
      }
    }
    out.printf("%nEvery device also takes the option timeout, as in 'emulation?timeout=5s'.%n");
    out.flush();
    return ExitCode.OK;
  }

  private static String description(String address) {
    try (Device device = Device.open(address)) {
      return device.description() + (device.overlay().isPresent() ? ", takes whole networks" : "");
    }
  }

  private static String state(Supplier<String> probe) {
    try {
      return "available: " + probe.get();
    } catch (DeviceUnavailableException e) {
      return "missing: " + e.getMessage();
    }
  }
}
