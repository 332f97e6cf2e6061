// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.SchemeGrammar.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the grammar says is what the parser reads. */
class SchemeGrammarTest {
  private static final Pattern INNERMOST = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern SYMBOL = Pattern.compile("[A-Z]+");
  private static final Map<String, String> NUMBERS =
      Map.of(
          "AXIS", "-1", "WL", "5", "FL", "3", "BITS", "4", "N", "7", "M", "0.5", "P", "98.5", "W",
          "2.5");

  /** Every text of a syntax. */
  private static Stream<String> expand(String syntax) {
    Matcher brackets = INNERMOST.matcher(syntax);
    if (brackets.find()) {
      String before = syntax.substring(0, brackets.start());
      String after = syntax.substring(brackets.end());
      return Stream.concat(Stream.of(""), Stream.of(brackets.group(1).split("\\|")))
          .flatMap(middle -> expand(before + middle + after));
    }
    Matcher symbol = SYMBOL.matcher(syntax);
    if (!symbol.find()) {
      return Stream.of(syntax);
    }
    String name = symbol.group();
    Stream<String> texts =
        NUMBERS.containsKey(name)
            ? Stream.of(NUMBERS.get(name))
            : name.equals("SCHEME")
                ? Stream.of("affine:6,mse", "fixed:3")
                : rules(name).flatMap(rule -> expand(rule.syntax()));
    return texts.flatMap(text -> expand(symbol.replaceFirst(text)));
  }

  private static Stream<Rule> rules(String symbol) {
    return SchemeGrammar.ofWeights().stream()
        .filter(part -> part.symbol().equals(symbol))
        .flatMap(part -> part.rules().stream());
  }

  static Stream<String> texts() {
    return rules("SCHEME").flatMap(rule -> expand(rule.syntax())).distinct();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyTextIsRead(String text) {
    WeightQuantizer quantizer = QuantizerSpec.parseWeights(text);
    assertThat(QuantizerSpec.parseWeights(quantizer.name())).isEqualTo(quantizer);
  }

  @Test
  void everyWordChangesTheQuantizer() {
    List<String> texts = texts().filter(text -> !text.contains("plus-plus")).toList();
    assertThat(texts).hasSizeGreaterThan(50);
    assertThat(texts.stream().map(QuantizerSpec::parseWeights)).doesNotHaveDuplicates();
    assertThat(QuantizerSpec.parseWeights("codebook:4,plus-plus"))
        .isEqualTo(QuantizerSpec.parseWeights("codebook:4"));
  }

  @Test
  void everySymbolIsExplained() {
    TreeSet<String> used = new TreeSet<>();
    for (SchemeGrammar part : SchemeGrammar.ofWeights()) {
      for (Rule rule : part.rules()) {
        SYMBOL.matcher(rule.syntax()).results().forEach(symbol -> used.add(symbol.group()));
        assertThat(rule.meaning()).matches("['A-Z0-9k].*\\.");
      }
    }
    used.removeAll(NUMBERS.keySet());
    assertThat(used).containsExactly("CHANNEL", "RANGE", "SCHEME", "START");
    used.forEach(symbol -> assertThat(rules(symbol)).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "fixed",
        "fixed:",
        "fixed:8,4,wide",
        "fixed:8,narrow",
        "affine:8,mse,pow2",
        "symmetric:8,unsigned",
        "symmetric:8,mse=2",
        "symmetric:8,percentile=",
        "codebook",
        "codebook:4,quantile,uniform",
        "codebook:4,seed=1,uniform",
        "per-channel:",
        "per-channel:8,axis=",
        "per-channel:8,axis=1,mse",
        "per-channel:8,axis=0,axis=1",
        "symmetric:8,axis=1",
        "SCHEME",
        "affine[",
        "symmetric:8,"
      })
  void whatItDoesNotSayIsRefused(String text) {
    assertThatThrownBy(() -> QuantizerSpec.parseWeights(text))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("fixed:WL[,FL[,narrow]]")
        .hasMessageContaining("RANGE is min-max, moving-average[=M], ")
        .hasMessageContaining("START is ")
        .hasMessageNotContaining("\n");
  }
}
