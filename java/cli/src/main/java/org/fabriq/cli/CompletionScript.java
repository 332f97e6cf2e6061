// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The script by which bash and zsh complete the words of the command. */
final class CompletionScript {
  private static final String REST = "completion.sh";

  private CompletionScript() {}

  /**
   * Makes the script.
   *
   * @param command with its subcommands; its options are replaced, so it is of no use afterwards
   */
  static String of(CommandLine command) {
    prepare(command);
    String name = command.getCommandName();
    try (InputStream rest = CompletionScript.class.getResourceAsStream(REST)) {
      return AutoComplete.bash(name, command) + new String(rest.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void prepare(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (option.arity().max() > 0) {
        List<String> words = CompletionWords.of(option);
        spec.remove(option);
        // The script calls the list of an option's words by its label: each needs its own.
        spec.addOption(
            OptionSpec.builder(option)
                .paramLabel(option.longestName().replaceAll("^-+", ""))
                .completionCandidates(words.isEmpty() ? null : words)
                .build());
      }
    }
    command.getSubcommands().values().forEach(CompletionScript::prepare);
  }
}
