// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fabriq.quant.SchemeGrammar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help of every command there is. */
class HelpTest {
  /** The commands as a user types them, the one that lists all others first. */
  static Stream<String> commands() {
    List<String> names = new ArrayList<>();
    collect(CommandRun.command(), names);
    return names.stream();
  }

  private static void collect(CommandLine command, List<String> names) {
    names.add(command.getCommandSpec().qualifiedName());
    command.getSubcommands().values().forEach(each -> collect(each, names));
  }

  /** A command of its own, which nothing was parsed by before. */
  static CommandLine command(String name) {
    CommandLine command = CommandRun.command();
    for (String word : arguments(name)) {
      command = command.getSubcommands().get(word);
    }
    return command;
  }

  /** All words but {@code fabriq}. */
  private static String[] arguments(String line) {
    String[] words = line.split(" ");
    return Arrays.copyOfRange(words, 1, words.length);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandTellsTheVersion(String name) {
    assertThat(CommandRun.of(arguments(name + " --version")).out()).startsWith("fabriq ");
  }

  private static CommandRun help(String name) {
    CommandRun run = CommandRun.of(arguments(name + " --help"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    return run;
  }

  @Test
  void allCommandsAreWalked() {
    assertThat(commands()).contains("fabriq", "fabriq compare", "fabriq xclbin pack");
  }

  /** A line ends between words: {@code .npy} stays one, however long the line is. */
  @ParameterizedTest
  @ValueSource(ints = {60, 72, 80, 91, 97, 100})
  void linesAreBrokenAtBlanks(int columns) {
    for (String name : (Iterable<String>) commands()::iterator) {
      String help = CommandRun.onTerminal(columns, arguments(name + " --help")).out();
      assertThat(help.lines())
          .as(name)
          .noneMatch(line -> line.matches(".*(^|[ (])\\.|.*\\d\\.\\."))
          .noneMatch(line -> line.indexOf('\ue000') >= 0);
    }
    assertThat(CommandRun.onTerminal(columns, "infer", "--help").out()).contains(".npy");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isSentences(String name) {
    CommandSpec command = command(name).getCommandSpec();
    Prose.assertSentences(name, String.join(" ", command.usageMessage().description()));
    for (OptionSpec option : command.options()) {
      assertSentences(name + " " + option.longestName(), option);
    }
    command.positionalParameters().forEach(each -> assertSentences(name, each));
    command
        .usageMessage()
        .exitCodeList()
        .values()
        .forEach(each -> Prose.assertSentences(name, each));
  }

  private static void assertSentences(String name, ArgSpec argument) {
    Prose.assertSentences(name, String.join(" ", argument.description()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fitsTheScreen(String name) {
    assertThat(help(name).out().lines())
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(100));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void endsWithExamplesThatParse(String name) {
    String[] footer = command(name).getCommandSpec().usageMessage().footer();
    // A backslash carries on a line, as in a shell.
    String[] lines = String.join("\n", footer).replace("\\\n   ", "").split("\n");
    assertThat(lines.length).isGreaterThanOrEqualTo(4).isEven();
    List<String> examples = new ArrayList<>();
    for (int i = 0; i < lines.length; i += 2) {
      assertThat(lines[i]).matches("[A-Z].* .*:");
      assertThat(lines[i + 1]).startsWith("  fabriq ");
      examples.add(lines[i + 1].strip());
    }
    assertThat(examples).doesNotHaveDuplicates().anyMatch(line -> line.startsWith(name));
    for (String line : examples) {
      CommandRun.command().parseArgs(arguments(line.replaceAll(" +", " ")));
    }
    assertThat(help(name).out().lines()).contains("Examples:").containsAll(List.of(footer));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void groupsAllOptionsInTheOrderOfTheWork(String name) {
    List<String> titles = new ArrayList<>();
    String out = help(name).out();
    for (OptionSpec option : command(name).getCommandSpec().options()) {
      assertThat(OptionGroup.of(option))
          .as("%s: add %s to a group in OptionGroup", name, option.longestName())
          .isPresent();
      assertThat(
              Pattern.compile("(?m)^( {6}|  -\\w, )%s\\b(?!-)".formatted(option.longestName()))
                  .matcher(out)
                  .results())
          .as(option.longestName())
          .hasSize(1);
    }
    for (OptionGroup group : OptionGroup.values()) {
      if (out.contains("\n%s:\n".formatted(group.title()))) {
        titles.add(group.title() + ":");
      }
    }
    assertThat(titles).contains("General:");
    assertThat(out.lines().filter(titles::contains)).containsExactlyElementsOf(titles);
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "infer", "quantize", "sweep"})
  void printsTheGrammarOfSchemes(String name) {
    String out = help("fabriq " + name).out().replaceAll("\\s+", " ");
    for (SchemeGrammar part : SchemeGrammar.ofWeights()) {
      assertThat(out).contains(part.symbol() + " is one of:");
      part.rules().forEach(rule -> assertThat(out).contains(rule.syntax(), rule.meaning()));
    }
    assertThat(help("fabriq latency").out()).doesNotContain("is one of:");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 200})
  void keepsToTheTerminal(int columns) {
    CommandRun run = CommandRun.onTerminal(columns, "quantize", "--help");
    int longest = run.out().lines().mapToInt(String::length).max().orElseThrow();
    assertThat(longest).isLessThanOrEqualTo(Math.min(columns, 100)).isGreaterThan(columns / 3);
  }

  @Test
  void saysWhatMustBeGiven() {
    assertThat(help("fabriq quantize").out())
        .startsWith("Usage: fabriq quantize --out=FILE [OPTIONS]\n");
    assertThat(help("fabriq resources").out())
        .startsWith("Usage: fabriq resources [OPTIONS] [FILE|FOLDER...]\n");
    assertThat(help("fabriq emulate").out())
        .startsWith("Usage: fabriq emulate [OPTIONS] MODE COMMAND...\n");
    assertThat(help("fabriq xclbin").out()).startsWith("Usage: fabriq xclbin [OPTIONS] COMMAND\n");
  }
}
