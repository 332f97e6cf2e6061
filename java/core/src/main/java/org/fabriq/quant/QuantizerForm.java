// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.List;
import org.fabriq.quant.SchemeGrammar.Rule;

/** The forms of a quantizer's text: the table that {@link QuantizerSpec} reads by. */
enum QuantizerForm {
  FIXED(
      "fixed:WL[,FL[,narrow]]",
      "Codes have WL bits, FL of them behind the binary point. FL is fitted to the values"
          + " if it is left out. 'narrow' drops the least code.") {
    @Override
    WeightQuantizer read(SchemeWords words) {
      int wl = words.number();
      return words.isEmpty()
          ? new FittedFixedPointQuantizer(wl)
          : new FixedPointQuantizer(wl, words.number(), words.takes("narrow"));
    }
  },

  AFFINE(
      "affine[:BITS[,unsigned][,pow2][,RANGE]]",
      "Codes of BITS bits, 8 if left out, have a scale and a zero point. 'unsigned' makes them"
          + " start at 0, 'pow2' rounds the scale up to a power of two.") {
    @Override
    WeightQuantizer read(SchemeWords words) {
      return words.calibrated(new AffineQuantizer(words.number(), !words.takes("unsigned")));
    }
  },

  SYMMETRIC(
      "symmetric[:BITS[,pow2][,RANGE]]",
      "It is as affine, but without a zero point, so that the code of 0 is 0.") {
    @Override
    WeightQuantizer read(SchemeWords words) {
      return words.calibrated(new SymmetricQuantizer(words.number()));
    }
  },

  PER_CHANNEL(
      "per-channel[:CHANNEL[,axis=AXIS]]",
      "Each output channel has a scale of its own. With an AXIS, each index of that axis of the"
          + " weights has: of axis 1 each input channel, of -1 each index of the last axis. Such"
          + " weights run as f32f32; kernels of int8 weights sum over the inputs and take a scale"
          + " for each output, or one for all.") {
    @Override
    WeightQuantizer read(SchemeWords words) {
      int axis = words.axis();
      String scheme = words.rest();
      return new PerChannelQuantizer(
          QuantizerSpec.parse(scheme.matches("\\d.*") ? "symmetric:" + scheme : scheme), axis);
    }
  },

  CODEBOOK(
      "codebook:BITS[,START][,seed=N]",
      "k-means finds 2^BITS values that stand for the weights. It is for weights alone.") {
    @Override
    WeightQuantizer read(SchemeWords words) {
      int bits = words.number();
      CodebookStart start = CodebookStart.PLUS_PLUS;
      for (CodebookStart other : CodebookStart.values()) {
        if (words.takes(other.word())) {
          start = other;
          break;
        }
      }
      return new CodebookQuantizer(bits, start, words.seed());
    }
  };

  /** How {@link #PER_CHANNEL} finds the scale of a channel. */
  static final List<Rule> OF_CHANNELS =
      List.of(
          new Rule("BITS[,pow2][,RANGE]", "It is found as by 'symmetric'; 8 bits if left out."),
          new Rule("SCHEME", "It is found as by another scheme."));

  private final String syntax;
  private final String meaning;

  QuantizerForm(String syntax, String meaning) {
    this.syntax = syntax;
    this.meaning = meaning;
  }

  /**
   * The form of a text.
   *
   * @param word the text up to its colon
   * @param alone whether it has no colon
   * @return null if there is none
   */
  static QuantizerForm of(String word, boolean alone) {
    for (QuantizerForm form : values()) {
      if (form.syntax.startsWith(word + "[") || !alone && form.syntax.startsWith(word + ":")) {
        return form;
      }
    }
    return null;
  }

  /**
   * Reads the words behind the colon, or those that hold without one; may leave some.
   *
   * @throws NumberFormatException if they are not of the syntax
   * @throws org.fabriq.InvalidArgumentException if a number is out of range
   */
  abstract WeightQuantizer read(SchemeWords words);

  /** What the grammar says of it. */
  Rule rule() {
    return new Rule(syntax, meaning);
  }
}
