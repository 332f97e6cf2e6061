// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import picocli.CommandLine.Option;

/** The option that names the device of a command. */
final class DeviceOption {
  static final String NAME = "--device";

  @Option(
      names = NAME,
      paramLabel = "ADDRESS",
      description =
          "The layers run on this device. 'fabriq devices' lists them all. The default is"
              + " ${DEFAULT-VALUE}.")
  private String address;

  /** With the device that runs the kernels everywhere as the default. */
  DeviceOption() {
    this("emulation");
  }

  /** With a default of the command's own. */
  DeviceOption(String standard) {
    address = standard;
  }

  /** Tells whether a device runs the kernels of an xclbin, which count cycles. */
  static boolean runsXclbin(String address) {
    return address.matches("(xrt|opencl):.*");
  }

  String address() {
    return address;
  }
}
