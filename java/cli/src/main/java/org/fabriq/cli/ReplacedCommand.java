// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command of former versions. Who gives it is told what took its place, where others read that it
 * is unknown.
 *
 * @param name as it was
 * @param replacement the command that took its place
 * @param change what is different now, as a clause
 */
record ReplacedCommand(String name, String replacement, String change) {
  private static final List<ReplacedCommand> ALL =
      List.of(
          new ReplacedCommand(
              "image",
              "xclbin",
              "it is 'fabriq xclbin' now, with build, pack, describe, info and verify as before"));

  /** What to say of wrong usage, if it is a replaced command. */
  static Optional<String> message(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    CommandSpec parent = exception.getCommandLine().getCommandSpec();
    return ALL.stream()
        .filter(command -> parent.subcommands().containsKey(command.replacement))
        .filter(command -> unmatched.getUnmatched().indexOf(command.name) == 0)
        .map(
            command ->
                "'%s %s' is gone: %s"
                    .formatted(parent.qualifiedName(), command.name, command.change))
        .findFirst();
  }
}
