// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.quant.SchemeGrammar;
import org.fabriq.quant.SchemeGrammar.Rule;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/** The forms of a scheme, below the options of a command that takes one. */
final class SchemeHelp implements IHelpSectionRenderer {
  /** In the label of an option's value. */
  static final String SYMBOL = "SCHEME";

  private static final int SYNTAX_COLUMNS = 44;
  private static final int INDENT = 2;

  @Override
  public String render(Help help) {
    if (help.commandSpec().options().stream().noneMatch(SchemeHelp::isScheme)) {
      return "";
    }
    int width = help.commandSpec().usageMessage().width();
    int syntax = Math.min(SYNTAX_COLUMNS, width / 2);
    StringBuilder text = new StringBuilder();
    for (SchemeGrammar part : SchemeGrammar.ofWeights()) {
      TextTable table =
          TextTable.forColumns(
              help.colorScheme(),
              new Column(syntax, INDENT, Overflow.WRAP),
              new Column(width - syntax, 1, Overflow.WRAP));
      for (Rule rule : part.rules()) {
        table.addRowValues(rule.syntax(), rule.meaning());
      }
      text.append("%n%s is one of:%n%s".formatted(part.symbol(), table));
    }
    return text.toString();
  }

  private static boolean isScheme(OptionSpec option) {
    return option.paramLabel().contains(SYMBOL);
  }
}
