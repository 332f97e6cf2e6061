// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fabriq.xclbin.XclbinChecker;
import org.fabriq.xclbin.XclbinContent;
import org.fabriq.xclbin.XclbinTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fabriq xclbin verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Check an xclbin, and its manifest FILE.json if it is there, and say so in " + "one line.",
      "The exit code is 2 if it is not sound."
    },
    footer = {
      "Check a file before it goes to a board:",
      "  fabriq xclbin verify kernels.xclbin --target hw",
      "Check a file for any target:",
      "  fabriq xclbin verify kernels.xclbin"
    })
final class XclbinVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "This xclbin is checked.")
  private Path file;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description = "The xclbin must be for this target: sw_emu, hw_emu or hw.")
  private String target;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    XclbinContent info =
        XclbinChecker.check(file, target == null ? null : XclbinTarget.ofLabel(target));
    spec.commandLine()
        .getOut()
        .printf(
            "%s: sound, %s, uuid %s, contract %s, %s%n",
            info.file(),
            info.target(),
            info.uuid(),
            info.contractStated() ? "matches" : "not stated",
            info.manifest() == null ? "no manifest" : "manifest matches");
    return ExitCode.OK;
  }
}
