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
      "Measure the accuracy of many ways to quantize.",
      "Without --scheme and --limits these are the lab's: fixed-point weights "
          + "(fp32 x int8) of 1 to 8 bits in all layers, in layer 2 only, and in all "
          + "layers with the codes used literally. The fraction length is chosen on "
          + "training images. The lab is a university exercise that runs layer 2 of this "
          + "network on a PYNQ-Z2."
    },
    footer = {
      "Repeat the lab's sweep on MNIST:",
      "  fabriq sweep --data mnist",
      "Compare scales per channel with codebooks, at several widths:",
      "  fabriq sweep --scheme per-channel:{},mse --scheme codebook:{} --bits 2..5 "
          + "--form f32i8"
    })
final class SweepCommand implements Callable<Integer> {
  /** What says how schemes are tried. */
  private static final String[] FOR_SCHEMES = {
    "--form",
    "--result-type",
    "--scales",
    "--input-codes",
    "--bits",
    "--layers",
    "--pass",
    "--iterations",
    "--seed",
    "--damping",
    "--input-scheme",
    "--output-scheme",
    "--logit-scheme"
  };

  @Mixin private PassRunOptions options;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "The weights are quantized by this scheme, in which {} stands for each of "
              + "--bits, as in per-channel:{}. The option may be given several times.")
  private List<String> schemes = List.of();

  @Option(
      names = "--bits",
      paramLabel = "LIST",
      defaultValue = "2..8",
      description =
          "{} in schemes stands for these numbers, as 2,4,8 or 2..8. The default is "
              + "${DEFAULT-VALUE}.")
  private String bits;

  @Option(
      names = "--limits",
      description =
          "The loss and agreement of every scheme that has a limit are checked, with "
              + "the shipped weights on the MNIST in --data. The exit code is 1 if one is "
              + "missed.")
  private boolean limits;

  @Mixin private JsonFile json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (limits && !schemes.isEmpty()) {
      throw new InvalidArgumentException(
          "--limits checks schemes of its own; leave out --scheme %s".formatted(schemes.get(0)));
    }
    GivenOptions given = GivenOptions.of(spec);
    given.refuse(
        schemes.isEmpty(),
        (limits ? "--limits checks" : "without --scheme, the lab's table has")
            + " schemes and forms of its own",
        limits ? "leave it out" : "leave it out, or give --scheme",
        FOR_SCHEMES);
    given.refuse(
        schemes.stream().noneMatch(scheme -> scheme.contains("{}")),
        "no --scheme has {} for the bits",
        "leave it out, or give a scheme as per-channel:{}",
        "--bits");
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
      SchemeSweep.run(options, SchemeList.expand(schemes, bits), given, json, screen);
    }
    return ExitCode.OK;
  }
}
