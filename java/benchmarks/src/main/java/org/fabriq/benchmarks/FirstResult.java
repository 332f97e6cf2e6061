// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import org.fabriq.runtime.Device;

/** From opening a device to its first result, in a process that has done nothing before. */
final class FirstResult {
  private FirstResult() {}

  /** Argument: an address. Prints one line. */
  public static void main(String[] arguments) {
    String address = arguments[0];
    long goalMillis = address.contains("hw_emu") ? 1500 : 1000;
    long start = System.nanoTime();
    try (Device device = Device.open(address)) {
      long opened = System.nanoTime();
      new SmallMultiplication(device, 1, 1, 1).run(null);
      long done = System.nanoTime();
      System.out.printf(
          "  first result %8d us, of which open and xclbin %d; goal below %d: %s%n",
          (done - start) / 1000,
          (opened - start) / 1000,
          goalMillis * 1000,
          done - start < goalMillis * 1_000_000 ? "met" : "missed");
    }
  }
}
