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
      "Run a host program of XRT, or of its OpenCL, in an emulation: with environment, drivers and",
      "device process of FabriQ. Ends with the program's exit code."
    })
final class EmulateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODE", description = "sw_emu or hw_emu.")
  private String mode;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The program and its arguments; -- before it if one begins with -.")
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
