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
      "Check an xclbin, and its manifest FILE.json if it is there: one line.",
      "Exit code 0 if it is sound, 2 if not."
    })
final class XclbinVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The xclbin.")
  private Path file;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description = "The target it must have: sw_emu, hw_emu or hw.")
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
