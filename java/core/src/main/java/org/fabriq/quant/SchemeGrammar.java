// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The grammar of a quantizer's text, made of the forms that {@link QuantizerSpec} reads. Square
 * brackets hold what may be left out, a bar stands between alternatives, and capitals stand for
 * another symbol or a number.
 *
 * @param symbol as {@code SCHEME}
 * @param rules one or more, of which any will do
 */
public record SchemeGrammar(String symbol, List<Rule> rules) {
  /**
   * One form of a symbol.
   *
   * @param syntax as {@code fixed:WL[,FL[,narrow]]}
   * @param meaning full sentences
   */
  public record Rule(String syntax, String meaning) {}

  /** The symbols of a scheme of weights, each before those that it mentions. */
  public static List<SchemeGrammar> ofWeights() {
    return List.of(
        new SchemeGrammar(
            "SCHEME", Arrays.stream(QuantizerForm.values()).map(QuantizerForm::rule).toList()),
        new SchemeGrammar("CHANNEL", QuantizerForm.OF_CHANNELS),
        new SchemeGrammar("RANGE", Arrays.stream(RangeForm.values()).map(RangeForm::rule).toList()),
        new SchemeGrammar(
            "START", Arrays.stream(CodebookStart.values()).map(CodebookStart::rule).toList()));
  }

  /** All on one line, for errors. */
  static String oneLine() {
    return ofWeights().stream().map(SchemeGrammar::toString).collect(Collectors.joining("; "));
  }

  /** As {@code START is plus-plus, quantile or uniform}. */
  @Override
  public String toString() {
    List<String> forms = rules.stream().map(Rule::syntax).toList();
    int last = forms.size() - 1;
    return "%s is %s or %s"
        .formatted(symbol, String.join(", ", forms.subList(0, last)), forms.get(last));
  }
}
