// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What {@code --help} of every command looks like: its usage, what it does, its options in the
 * order of the work, the forms of a scheme where it takes one, and examples.
 */
final class CommandHelp {
  /** Lines are no longer than this, and shorter on a narrow terminal. */
  static final int WIDTH = 100;

  private static final int NARROWEST = 55;
  private static final String SCHEMES = "schemes";
  private static final String USAGE = "Usage: ";
  private static final String EXAMPLES = "%nExamples:%n";

  private CommandHelp() {}

  /**
   * Gives a command and all below it their help.
   *
   * @param terminal columns of the terminal, 0 for none
   */
  static void applyTo(CommandLine command, IntSupplier terminal) {
    List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
    sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), SCHEMES);
    command.setHelpSectionKeys(sections);
    Map<String, IHelpSectionRenderer> renderers = command.getHelpSectionMap();
    renderers.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, CommandHelp::synopsis);
    renderers.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandHelp::options);
    renderers.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, CommandHelp::parameters);
    renderers.put(SCHEMES, new SchemeHelp());
    renderers.replaceAll((key, section) -> help -> LineBreaks.shown(section.render(help)));
    command.setHelpSectionMap(renderers);
    command.setHelpFactory(
        (spec, colors) -> {
          spec.usageMessage().width(width(terminal.getAsInt()));
          return new Help(spec, colors);
        });
    setHeadings(command);
  }

  private static void setHeadings(CommandLine command) {
    UsageMessageSpec help = command.getCommandSpec().usageMessage();
    help.description(LineBreaks.atBlanks(help.description()));
    help.synopsisHeading("")
        .descriptionHeading("%n")
        .parameterListHeading("%nParameters:%n")
        .commandListHeading("%nCommands:%n")
        .footerHeading(EXAMPLES);
    command.getCommandSpec().versionProvider(new Version());
    if (!help.exitCodeList().isEmpty()) {
      help.exitCodeListHeading("%nExit codes:%n");
    }
    command.getSubcommands().values().forEach(CommandHelp::setHeadings);
  }

  private static int width(int columns) {
    return columns < NARROWEST ? WIDTH : Math.min(columns, WIDTH);
  }

  /** What must be given stands in its place; the rest are options. */
  private static String synopsis(Help help) {
    CommandSpec command = help.commandSpec();
    List<String> words = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      if (option.required()) {
        words.add("%s=%s".formatted(option.longestName(), option.paramLabel()));
      }
    }
    words.add("[OPTIONS]");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
      words.add(parameter.required() ? label : "[" + label + "]");
    }
    if (!command.subcommands().isEmpty()) {
      words.add("COMMAND");
    }
    return wrapped(USAGE + command.qualifiedName(), words, command.usageMessage().width());
  }

  /** Words behind the first, and below them where they do not fit. */
  private static String wrapped(String first, List<String> words, int width) {
    StringBuilder lines = new StringBuilder(first);
    int column = first.length();
    for (String word : words) {
      if (column + 1 + word.length() > width) {
        lines.append(System.lineSeparator()).append(" ".repeat(first.length()));
        column = first.length();
      }
      lines.append(' ').append(word);
      column += 1 + word.length();
    }
    return lines + System.lineSeparator();
  }

  private static String options(Help help) {
    return List.of(OptionGroup.values()).stream()
        .map(group -> options(group, help))
        .collect(Collectors.joining());
  }

  private static String options(OptionGroup group, Help help) {
    List<OptionSpec> options =
        group.among(help.commandSpec().options()).stream().map(CommandHelp::wrapping).toList();
    if (options.isEmpty()) {
      return "";
    }
    Layout layout = help.createDefaultLayout();
    layout.addAllOptions(options, help.parameterLabelRenderer());
    return "%n%s:%n%s".formatted(group.title(), layout);
  }

  private static OptionSpec wrapping(OptionSpec option) {
    String[] text = LineBreaks.atBlanks(option.description());
    return Arrays.equals(text, option.description())
        ? option
        : option.toBuilder().description(text).build();
  }

  private static String parameters(Help help) {
    Layout layout = help.createDefaultLayout();
    layout.addAllPositionalParameters(
        help.commandSpec().positionalParameters().stream()
            .map(
                each ->
                    each.toBuilder().description(LineBreaks.atBlanks(each.description())).build())
            .toList(),
        help.parameterLabelRenderer());
    return layout.toString();
  }
}
