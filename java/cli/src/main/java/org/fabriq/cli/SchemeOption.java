// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.quant.WeightQuantizer;

/** Reads the schemes that options give; errors name the option. */
final class SchemeOption {
  private SchemeOption() {}

  /**
   * Reads a scheme of weights.
   *
   * @throws InvalidArgumentException if it is none
   */
  static WeightQuantizer ofWeights(String option, String text) {
    try {
      return QuantizerSpec.parseWeights(text);
    } catch (InvalidArgumentException e) {
      throw new InvalidArgumentException("%s: %s".formatted(option, e.getMessage()));
    }
  }

  /**
   * Reads a scheme of activations, which have one scale.
   *
   * @throws InvalidArgumentException if it is none
   */
  static Quantizer ofActivations(String option, String text) {
    if (text.startsWith("per-channel")) {
      throw new InvalidArgumentException(
          "%s %s: kernels take activations of one scale; give a per-tensor scheme, as symmetric:8"
              .formatted(option, text));
    }
    try {
      return QuantizerSpec.parse(text);
    } catch (InvalidArgumentException e) {
      throw new InvalidArgumentException("%s: %s".formatted(option, e.getMessage()));
    }
  }
}
