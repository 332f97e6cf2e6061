// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Arrays;
import org.fabriq.InvalidArgumentException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that a command line gives, to refuse those that could have no effect. */
final class GivenOptions {
  private final ParseResult line;

  private GivenOptions(ParseResult line) {
    this.line = line;
  }

  /** Those of a command that runs. */
  static GivenOptions of(CommandSpec command) {
    return new GivenOptions(command.commandLine().getParseResult());
  }

  /** Tells whether an option was given, other than by its default. */
  boolean has(String option) {
    return line.hasMatchedOption(option);
  }

  /**
   * Refuses an option that was given although nothing would come of it.
   *
   * @param useless whether nothing would
   * @param reason why, as a clause
   * @param remedy what to do
   * @param options by name; those that were not given do no harm
   * @throws InvalidArgumentException if one was given
   */
  void refuse(boolean useless, String reason, String remedy, String... options) {
    if (useless) {
      Arrays.stream(options)
          .filter(this::has)
          .findFirst()
          .ifPresent(
              option -> {
                throw new InvalidArgumentException(
                    "%s has no effect: %s; %s".formatted(text(option), reason, remedy));
              });
    }
  }

  /** The option with its value, as it was given. */
  private String text(String option) {
    OptionSpec given = line.matchedOption(option);
    return given.arity().max() == 0
        ? option
        : option + " " + String.join(",", given.originalStringValues());
  }
}
