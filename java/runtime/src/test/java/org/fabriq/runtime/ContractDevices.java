// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The devices that a run of the contract suites is over: system property {@code fabriq.devices},
 * addresses separated by spaces. XRT reads its emulation mode once per process, so each mode has a
 * run of its own.
 */
final class ContractDevices {
  private static final String DEFAULT = "reference cpu emulation emulation?threads=3";

  private ContractDevices() {}

  /** All of them. */
  static Stream<String> all() {
    List<String> addresses =
        Arrays.asList(System.getProperty("fabriq.devices", DEFAULT).trim().split(" +"));
    addresses.forEach(ContractDevices::requireAvailable);
    return addresses.stream();
  }

  /** Those that run in a device process. */
  static Stream<String> emulated() {
    List<String> emulated = all().filter(address -> address.contains("_emu")).toList();
    if (emulated.isEmpty()) {
      throw new TestAbortedException("skipped: no emulated device is in -Dfabriq.devices");
    }
    return emulated.stream();
  }

  /** The same without options, each once: what happens to a device process is no model's matter. */
  static Stream<String> emulations() {
    return emulated().map(address -> address.replaceFirst("\\?.*", "")).distinct();
  }

  /** Those that take whole networks. */
  static Stream<String> withNetworks() {
    return require(true, "takes");
  }

  /** Those that do not. */
  static Stream<String> withoutNetworks() {
    return require(false, "is without");
  }

  private static Stream<String> require(boolean networks, String what) {
    List<String> found = all().filter(address -> takesNetworks(address) == networks).toList();
    if (found.isEmpty()) {
      throw new TestAbortedException(
          "skipped: no device of -Dfabriq.devices %s whole networks".formatted(what));
    }
    return found.stream();
  }

  private static boolean takesNetworks(String address) {
    try (Device device = Device.open(address)) {
      return device.overlay().isPresent();
    }
  }

  /** Whether the device may be one of simulated kernels, whose clock is slow. */
  static boolean simulated(String address) {
    return address.contains("hw_emu") && !address.contains("model=cpp");
  }

  private static void requireAvailable(String address) {
    try {
      Device.open(address).close();
    } catch (DeviceUnavailableException e) {
      throw new TestAbortedException("skipped: " + e.getMessage());
    }
  }
}
