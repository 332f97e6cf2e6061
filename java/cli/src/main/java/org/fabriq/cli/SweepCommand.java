// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq sweep}: accuracy over schemes and widths. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Accuracy over ways to quantize. Without --scheme and --limits: fixed-point weights (fp32 x",
      "int8) of 1 to 8 bits, with the fraction length chosen on training images: all layers, layer",
      "2 only, and all layers with the codes used literally as the lab did."
    })
final class SweepCommand implements Callable<Integer> {
  @Mixin private PassRunOptions options;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "Weights, as of 'fabriq quantize'; {} stands for each of --bits, as per-channel:{}. May"
              + " be given several times.")
  private List<String> schemes = List.of();

  @Option(
      names = "--bits",
      paramLabel = "LIST",
      defaultValue = "2..8",
      description = "What {} stands for, as 2,4,8 or 2..8. Default: ${DEFAULT-VALUE}.")
  private String bits;

  @Option(
      names = "--limits",
      description = {
        "Check the loss and agreement of every scheme that has a limit, with the shipped weights"
            + " on",
        "the MNIST in --data. Exit code 1 if one is missed."
      })
  private boolean limits;

  @Mixin private JsonFile json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    json.check();
    if (limits && !schemes.isEmpty()) {
      throw new InvalidArgumentException(
          "--limits checks schemes of its own; leave out --scheme %s".formatted(schemes.get(0)));
    }
    Screen screen = Screen.of(spec);
    WorkloadOptions workload = options.workload();
    CalibrationOptions calibration = options.calibration();
    String device = options.form().device();
    if (limits) {
      return LimitsTable.run(workload, calibration, device, json, screen)
          ? ExitCode.OK
          : ExitCode.FAILED;
    }
    if (schemes.isEmpty()) {
      LabSweep.run(workload, calibration, device, json, screen);
    } else {
      SchemeSweep.run(options, SchemeList.expand(schemes, bits), json, screen);
    }
    return ExitCode.OK;
  }
}
