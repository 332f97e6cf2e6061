// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

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
 */
public final class QuantizerSpec {
  private static final String FORMS =
      "fixed:WL[,FL[,narrow]], affine[:BITS[,unsigned]], symmetric[:BITS], per-channel[:BITS|SPEC]";

  private QuantizerSpec() {}

  /**
   * The quantizer of a text.
   *
   * @throws InvalidArgumentException if the text is of none of the forms, or a number out of range
   */
  public static Quantizer parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "8" : text.substring(colon + 1);
    String[] words = rest.split(",", -1);
    try {
      Quantizer quantizer =
          switch (kind) {
            case "fixed" -> colon < 0 ? null : fixed(words);
            case "affine" -> affine(words);
            case "symmetric" -> words.length == 1 ? symmetric(rest) : null;
            case "per-channel" ->
                new PerChannelQuantizer(rest.matches("\\d+") ? symmetric(rest) : parse(rest));
            default -> null;
          };
      if (quantizer != null) {
        return quantizer;
      }
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
    throw unknown(text);
  }

  private static Quantizer fixed(String[] words) {
    int wl = Integer.parseInt(words[0]);
    if (words.length == 1) {
      return new FittedFixedPointQuantizer(wl);
    }
    int fl = Integer.parseInt(words[1]);
    boolean narrow = words.length == 3 && words[2].equals("narrow");
    return words.length == 2 || narrow ? new FixedPointQuantizer(wl, fl, narrow) : null;
  }

  private static Quantizer affine(String[] words) {
    boolean unsigned = words.length == 2 && words[1].equals("unsigned");
    int bits = Integer.parseInt(words[0]);
    return words.length == 1 || unsigned ? new AffineQuantizer(bits, !unsigned) : null;
  }

  private static Quantizer symmetric(String bits) {
    return new SymmetricQuantizer(Integer.parseInt(bits));
  }

  private static InvalidArgumentException unknown(String text) {
    return new InvalidArgumentException(
        "quantizer '%s' is unknown; give one of %s".formatted(text, FORMS));
  }
}
