// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Each command that can be run is tried on a terminal. */
class TerminalCoverageTest {
  /** Those without a {@link TerminalCase}, and why. */
  private static final Map<String, String> APART =
      Map.of(
          "completion",
          "it prints a script for a shell to read, longer than a screen and without a bar:"
              + " CompletionTest",
          "emulate",
          "what it prints is another program's, which has the terminal to itself:"
              + " TerminalTest.anEmulatedProgramHasTheTerminal");

  @Test
  void eachCommandIsTried() {
    List<String> commands = commands();
    assertThat(commands).contains("infer", "emulate").hasSizeGreaterThan(15);
    assertThat(commands.stream().filter(command -> !APART.containsKey(command)))
        .allSatisfy(command -> assertThat(TerminalCase.all()).anyMatch(each -> each.runs(command)));
    assertThat(commands).containsAll(APART.keySet());
  }

  private static List<String> commands() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    try (Screen screen = new Screen(nowhere, nowhere, () -> 0)) {
      return Stream.of(FabriqCommand.commandLine(screen)).flatMap(line -> below(line, "")).toList();
    }
  }

  /** Subcommands that do something, not those that only group others. */
  private static Stream<String> below(CommandLine line, String prefix) {
    return Set.copyOf(line.getSubcommands().values()).stream()
        .flatMap(
            sub -> {
              String name = prefix + sub.getCommandName();
              Stream<String> own =
                  sub.getCommand() instanceof Callable ? Stream.of(name) : Stream.empty();
              return Stream.concat(own, below(sub, name + " "));
            });
  }
}
