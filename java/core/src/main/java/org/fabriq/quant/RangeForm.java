// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.function.DoubleFunction;
import org.fabriq.quant.SchemeGrammar.Rule;

/** The ways to set a range that the text of a quantizer can name. */
enum RangeForm {
  MIN_MAX("min-max", new MinMaxRange(), "The range holds all values."),
  MOVING_AVERAGE(
      "moving-average",
      "M",
      0.9,
      MovingAverageRange::new,
      "Each batch draws the range towards its own. M weighs the past."),
  PERCENTILE(
      "percentile",
      "P",
      99.9,
      PercentileRange::new,
      "The range ends at the values of rank P percent, counted from below and from above."),
  MSE("mse", LeastNoiseRange.MSE, "The range has the least mean squared error."),
  SQNR(
      "sqnr",
      "W",
      LeastNoiseRange.SQNR.clippingWeight(),
      LeastNoiseRange::new,
      "It is as mse, but errors by clipping weigh W times as much."),
  CROSS_ENTROPY(
      "cross-entropy",
      new CrossEntropyRange(),
      "The range keeps the classes' probabilities; it is for logits.");

  private final String word;
  private final String symbol;
  private final double standard;
  private final DoubleFunction<RangeSetting> setting;
  private final String meaning;

  RangeForm(
      String word,
      String symbol,
      double standard,
      DoubleFunction<RangeSetting> setting,
      String meaning) {
    this.word = word;
    this.symbol = symbol;
    this.standard = standard;
    this.setting = setting;
    this.meaning = meaning;
  }

  RangeForm(String word, RangeSetting setting, String meaning) {
    this(word, null, Double.NaN, number -> setting, meaning);
  }

  /**
   * The setting that a word names.
   *
   * @throws NumberFormatException if it names none
   */
  static RangeSetting read(String text) {
    int equals = text.indexOf('=');
    String word = equals < 0 ? text : text.substring(0, equals);
    for (RangeForm form : values()) {
      if (form.word.equals(word) && (equals < 0 || form.symbol != null)) {
        return form.setting.apply(
            equals < 0 ? form.standard : Double.parseDouble(text.substring(equals + 1)));
      }
    }
    throw new NumberFormatException(text);
  }

  /** What the grammar says of it. */
  Rule rule() {
    return symbol == null
        ? new Rule(word, meaning)
        : new Rule(
            "%s[=%s]".formatted(word, symbol),
            "%s %s is %s if it is left out."
                .formatted(meaning, symbol, Double.toString(standard).replace(".0", "")));
  }
}
