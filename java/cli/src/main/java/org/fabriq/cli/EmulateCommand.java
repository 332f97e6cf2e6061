// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.runtime.NativeFiles;
import org.fabriq.xclbin.XclbinTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fabriq emulate}. */
@Command(
    name = "emulate",
    mixinStandardHelpOptions = true,
    description = {
      "Run a host program of XRT, or of its OpenCL, in an emulation.",
      "The environment, the drivers and the device process are FabriQ's. The exit "
          + "code is the program's."
    },
    footer = {
      "Run a program on host-compiled kernels:",
      "  fabriq emulate sw_emu ./host kernels.xclbin",
      "Run a program that takes options on simulated kernels:",
      "  fabriq emulate hw_emu -- ./host --verify kernels.xclbin"
    })
final class EmulateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODE", description = "The emulation is sw_emu or hw_emu.")
  private String mode;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description =
          "This program is run with these arguments; -- goes before it if one begins " + "with -.")
  private List<String> command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    XclbinTarget target = XclbinTarget.ofLabel(mode);
    if (target == XclbinTarget.HW) {
      throw new InvalidArgumentException(
          "mode hw needs no emulation; choose sw_emu or hw_emu, or run the program by itself");
    }
    NativeFiles.unpackAll();
    List<String> all = new ArrayList<>();
    all.add(NativeFiles.get("fabriq_emulate").toString());
    all.add(target.label());
    all.addAll(command);
    return new ProcessBuilder(all).inheritIO().start().waitFor();
  }
}
