// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
          new ReplacedOption("--image", "--xclbin", "it is --xclbin now"));

  /** What to say of wrong usage, if it is a replaced option. */
  static Optional<String> message(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    CommandSpec command = exception.getCommandLine().getCommandSpec();
    return ALL.stream()
        .filter(option -> command.findOption(option.replacement) != null)
        .filter(option -> unmatched.getUnmatched().stream().anyMatch(option::isNamedBy))
        .map(option -> "%s is gone: %s".formatted(option.name, option.change))
        .findFirst();
  }

  /** Alone or with a value. */
  private boolean isNamedBy(String argument) {
    return argument.equals(name) || argument.startsWith(name + "=");
  }
}
