// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;

/**
 * Reads the text form of quantizers, whose grammar is {@link SchemeGrammar#ofWeights}.
 *
 * <pre>
 *  fixed:8,4           fixed point, wl = 8, fl = 4; fixed:8,4,narrow drops the least code
 *  fixed:8             fixed point, wl = 8, fl fitted to the values
 *  affine[:8]          asymmetric, 8 bits; affine:7,unsigned
 *  symmetric[:8]       symmetric, 8 bits
 *  per-channel[:8]     symmetric, 8 bits, each output channel by itself
 *  per-channel:SCHEME  another of these for each output channel
 *  per-channel:8,axis=1  for each index of another axis, the last word; -1 is the last axis
 * </pre>
 *
 * Weights also take a codebook:
 *
 * <pre>
 *  codebook:4          k-means, 2^4 centroids; after the bits [,quantile|,uniform][,seed=N]
 * </pre>
 *
 * After the bits, affine and symmetric take {@code pow2}, for a scale rounded up to a power of two,
 * then a way to set the range: {@code min-max}, {@code moving-average[=0.9]}, {@code
 * percentile[=99.9]}, {@code mse}, {@code sqnr[=3]} or {@code cross-entropy}. As in {@code
 * per-channel:symmetric:4,mse} or {@code affine:7,unsigned,pow2,percentile=99.99}.
 */
public final class QuantizerSpec {
  private static final String STANDARD_BITS = "8";

  private QuantizerSpec() {}

  /**
   * The quantizer of weights of a text.
   *
   * @throws InvalidArgumentException as {@link #parse}
   */
  public static WeightQuantizer parseWeights(String text) {
    int colon = text.indexOf(':');
    QuantizerForm form = QuantizerForm.of(colon < 0 ? text : text.substring(0, colon), colon < 0);
    if (form == null) {
      throw unknown(text);
    }
    SchemeWords words = new SchemeWords(colon < 0 ? STANDARD_BITS : text.substring(colon + 1));
    try {
      WeightQuantizer quantizer = form.read(words);
      if (words.isEmpty()) {
        return quantizer;
      }
    } catch (NumberFormatException e) {
      throw unknown(text);
    } catch (InvalidArgumentException e) {
      String reason = e.getMessage();
      throw reason.contains("quantizer '")
          ? e
          : new InvalidArgumentException("quantizer '%s': %s".formatted(text, reason));
    }
    throw unknown(text);
  }

  /**
   * The quantizer of a text.
   *
   * @throws InvalidArgumentException if the text is of none of the forms, or a number out of range
   */
  public static Quantizer parse(String text) {
    if (parseWeights(text) instanceof Quantizer quantizer) {
      return quantizer;
    }
    throw new InvalidArgumentException(
        "quantizer '%s' is for weights alone; give one of another form, as symmetric:8"
            .formatted(text));
  }

  private static InvalidArgumentException unknown(String text) {
    return new InvalidArgumentException(
        "quantizer '%s' is unknown; give a scheme: %s".formatted(text, SchemeGrammar.oneLine()));
  }
}
