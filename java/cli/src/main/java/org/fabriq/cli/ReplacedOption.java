// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * An option of former versions. Who gives it to a command that has what took its place is told so,
 * where others read that the option is unknown.
 *
 * @param name as it was
 * @param replacement the option that took its place
 * @param change what is different now, as a clause
 */
record ReplacedOption(String name, String replacement, String change) {
  private static final List<ReplacedOption> ALL =
      List.of(
          new ReplacedOption(
              "--even-if-noisy",
              QuietOption.NAME,
              "noisy times are printed, each marked with '?', and --only-quiet withholds them"),
          renamed("--image", "--xclbin"),
          renamed("--place", "--offload"),
          renamed("--place", "--layers"),
          renamed("--layers", "--sizes"),
          renamed("--layer", "--offload"),
          renamed("--output", "--result-type"),
          renamed("--outputs", "--output-scheme"),
          renamed("--activations", "--input-scheme"),
          renamed("--logits", "--logit-scheme"),
          renamed("--device", "--part"),
          renamed("--fpga", "--part"),
          renamed("--launch", "--launch-time"),
          new ReplacedOption(
              "--integer-scheme",
              ArithmeticSchemes.OPTION,
              "--scheme i8i8=SCHEME takes its place, and --scheme SCHEME is for f32i8 and i8i8"),
          new ReplacedOption(
              "--out",
              "--folder",
              "it names a file everywhere, and this command writes several; --folder says where"));

  private static ReplacedOption renamed(String name, String replacement) {
    return new ReplacedOption(name, replacement, "it is " + replacement + " now");
  }

  /** What to say of wrong usage, if it is a replaced option. */
  static Optional<String> message(ParameterException exception) {
    // Not the exception's own list: it may be about a required option instead.
    List<String> unmatched = exception.getCommandLine().getUnmatchedArguments();
    CommandSpec command = exception.getCommandLine().getCommandSpec();
    return ALL.stream()
        .filter(option -> command.findOption(option.replacement) != null)
        .filter(option -> unmatched.stream().anyMatch(option::isNamedBy))
        .map(option -> "%s is gone: %s".formatted(option.name, option.change))
        .findFirst();
  }

  /** Alone or with a value. */
  private boolean isNamedBy(String argument) {
    return argument.equals(name) || argument.startsWith(name + "=");
  }
}
