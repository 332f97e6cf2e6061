// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** What options are about; groups, and options within them, are in the order of the work. */
enum OptionGroup {
  INPUT(
      "--data",
      "--labels",
      "--label-column",
      "--normalize",
      "--layout",
      "--training-data",
      "--images",
      "--weights",
      "--networks",
      "--activation",
      "--strict",
      "--from",
      "--cycles",
      "--compare",
      "--sweep",
      "--latency",
      "--network-latency",
      "--break-even",
      "--resources",
      "--xclbin",
      "--root",
      "--bitstream"),
  DEVICE(
      "--device",
      "--cycles-device",
      "--against",
      "--offload",
      "--batch",
      "--launch",
      "--trace",
      "--trace-limit"),
  HARDWARE(
      "--target",
      "--platform",
      "--model",
      "--kernel",
      "--kernels",
      "--instances",
      "--descriptor",
      "--payload",
      "--base",
      "--memory",
      "--boards",
      "--clock",
      "--configuration",
      "--launch-time",
      "--rate",
      "--macs-per-cycle",
      "--fixed-cycles",
      "--part",
      "--rtl",
      "--no-lab",
      "--tool"),
  QUANTIZATION(
      "--variants",
      "--variant",
      "--form",
      "--scheme",
      "--bits",
      "--layers",
      "--result-type",
      "--semantics",
      "--rounding",
      "--scales",
      "--input-codes",
      "--limits"),
  CALIBRATION("--calibrate", "--input-scheme", "--output-scheme", "--logit-scheme"),
  PASSES("--pass", "--iterations", "--damping", "--accumulator"),
  MEASUREMENT(
      "--sizes", "--batches", "--multiplier", "--samples", "--seconds", "--quick", "--only-quiet"),
  RANDOMNESS("--seed"),
  RESULTS("--explain", "--show", "--out", "--folder", "--json", "--csv"),
  GENERAL("--verbose", "--help", "--version");

  private final List<String> names;

  OptionGroup(String... names) {
    this.names = List.of(names);
  }

  /** As {@code Input}. */
  String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
  }

  /** The group that names an option, if one does. */
  static Optional<OptionGroup> of(OptionSpec option) {
    return Arrays.stream(values()).filter(group -> group.names(option)).findFirst();
  }

  private boolean names(OptionSpec option) {
    return names.contains(option.longestName());
  }

  /** The options of a command that are in this group; those that no group names are general. */
  List<OptionSpec> among(List<OptionSpec> options) {
    return options.stream()
        .filter(option -> of(option).orElse(GENERAL) == this)
        .sorted(Comparator.comparingInt(option -> names.indexOf(option.longestName())))
        .toList();
  }
}
