// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.ArrayDeque;
import java.util.List;
import org.fabriq.InvalidArgumentException;

/**
 * The text form of quantizers.
 *
 * <pre>
 *  fixed:8,4           fixed point, wl = 8, fl = 4; fixed:8,4,narrow drops the least code
 *  fixed:8             fixed point, wl = 8, fl fitted to the values
 *  affine[:8]          asymmetric, 8 bits; affine:7,unsigned
 *  symmetric[:8]       symmetric, 8 bits
 *  per-channel[:8]     symmetric, 8 bits, each output channel by itself
 *  per-channel:SPEC    another of these for each output channel
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
  private static final String FORMS =
      "fixed:WL[,FL[,narrow]], affine[:BITS[,unsigned][,pow2][,RANGE]],"
          + " symmetric[:BITS[,pow2][,RANGE]], per-channel[:BITS|SPEC], where RANGE is min-max,"
          + " moving-average[=M], percentile[=P], mse, sqnr[=W] or cross-entropy";

  private static final String CODEBOOK = "codebook:BITS[,plus-plus|,quantile|,uniform][,seed=N]";

  private QuantizerSpec() {}

  /**
   * The quantizer of weights of a text.
   *
   * @throws InvalidArgumentException as {@link #parse}
   */
  public static WeightQuantizer parseWeights(String text) {
    if (!text.startsWith("codebook:")) {
      return parse(text);
    }
    ArrayDeque<String> words = words(text.substring(text.indexOf(':') + 1));
    try {
      int bits = number(words);
      CodebookStart start = CodebookStart.PLUS_PLUS;
      for (CodebookStart other : CodebookStart.values()) {
        start = takes(other.word(), words) ? other : start;
      }
      long seed =
          words.isEmpty() || !words.peek().startsWith("seed=")
              ? 0
              : Long.parseLong(words.remove().substring("seed=".length()));
      if (words.isEmpty()) {
        return new CodebookQuantizer(bits, start, seed);
      }
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
    throw unknown(text);
  }

  /**
   * The quantizer of a text.
   *
   * @throws InvalidArgumentException if the text is of none of the forms, or a number out of range
   */
  public static Quantizer parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "8" : text.substring(colon + 1);
    ArrayDeque<String> words = words(rest);
    try {
      Quantizer quantizer =
          switch (kind) {
            case "fixed" -> colon < 0 ? null : fixed(words);
            case "affine" -> calibrated(affine(words), words);
            case "symmetric" -> calibrated(new SymmetricQuantizer(number(words)), words);
            case "per-channel" -> new PerChannelQuantizer(perTensor(rest));
            default -> null;
          };
      if (quantizer != null && words.isEmpty() || quantizer instanceof PerChannelQuantizer) {
        return quantizer;
      }
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
    throw unknown(text);
  }

  private static Quantizer perTensor(String spec) {
    return parse(spec.matches("\\d.*") ? "symmetric:" + spec : spec);
  }

  private static Quantizer fixed(ArrayDeque<String> words) {
    int wl = number(words);
    if (words.isEmpty()) {
      return new FittedFixedPointQuantizer(wl);
    }
    return new FixedPointQuantizer(wl, number(words), takes("narrow", words));
  }

  private static RangeQuantizer affine(ArrayDeque<String> words) {
    return new AffineQuantizer(number(words), !takes("unsigned", words));
  }

  private static Quantizer calibrated(RangeQuantizer plain, ArrayDeque<String> words) {
    RangeQuantizer quantizer = takes("pow2", words) ? new PowerOfTwoQuantizer(plain) : plain;
    RangeSetting setting = words.isEmpty() ? null : rangeSetting(words.remove());
    return setting == null ? quantizer : new CalibratedQuantizer(quantizer, setting);
  }

  private static RangeSetting rangeSetting(String text) {
    int equals = text.indexOf('=');
    String word = equals < 0 ? text : text.substring(0, equals);
    Double number = equals < 0 ? null : (Double) Double.parseDouble(text.substring(equals + 1));
    return switch (word) {
      case "moving-average" -> new MovingAverageRange(number == null ? 0.9 : number);
      case "percentile" -> new PercentileRange(number == null ? 99.9 : number);
      case "sqnr" -> number == null ? LeastNoiseRange.SQNR : new LeastNoiseRange(number);
      case "min-max" -> alone(new MinMaxRange(), number);
      case "mse" -> alone(LeastNoiseRange.MSE, number);
      case "cross-entropy" -> alone(new CrossEntropyRange(), number);
      default -> throw new NumberFormatException(text);
    };
  }

  private static RangeSetting alone(RangeSetting setting, Double number) {
    if (number != null) {
      throw new NumberFormatException(setting.name());
    }
    return setting;
  }

  private static ArrayDeque<String> words(String text) {
    return new ArrayDeque<>(List.of(text.split(",", -1)));
  }

  private static int number(ArrayDeque<String> words) {
    return Integer.parseInt(words.remove());
  }

  private static boolean takes(String word, ArrayDeque<String> words) {
    boolean next = word.equals(words.peek());
    if (next) {
      words.remove();
    }
    return next;
  }

  private static InvalidArgumentException unknown(String text) {
    return new InvalidArgumentException(
        "quantizer '%s' is unknown; give one of %s"
            .formatted(text, FORMS + "; for weights also " + CODEBOOK));
  }
}
