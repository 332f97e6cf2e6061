// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.quant.Quantizer;
import org.fabriq.quant.SymmetricQuantizer;

/**
 * What chooses the encodings of activations. They must be per tensor, of codes within int8.
 *
 * @param inputs of the layers' inputs
 * @param outputs of the layers' outputs before the activation function, but for the last layer
 * @param logits of the last layer's outputs
 */
public record ActivationQuantizers(Quantizer inputs, Quantizer outputs, Quantizer logits) {
  /** Symmetric, 8 bits, from the least to the greatest value. */
  public static final ActivationQuantizers DEFAULT = all(new SymmetricQuantizer(Byte.SIZE));

  /** The same for all. */
  public static ActivationQuantizers all(Quantizer quantizer) {
    return new ActivationQuantizers(quantizer, quantizer, quantizer);
  }
}
