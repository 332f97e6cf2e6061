// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

/**
 * What chooses the encodings of activations. They must be per tensor, of codes within int8.
 *
 * @param inputs of the network's input and of what layers without weights give: what layers with
 *     weights take
 * @param outputs of what layers with weights give, before the activation function, but for the last
 * @param logits of what the last layer with weights gives
 */
public record ActivationQuantizers(Quantizer inputs, Quantizer outputs, Quantizer logits) {
  /** Symmetric, 8 bits, from the least to the greatest value. */
  public static final ActivationQuantizers DEFAULT = all(new SymmetricQuantizer(Byte.SIZE));

  /** The same for all. */
  public static ActivationQuantizers all(Quantizer quantizer) {
    return new ActivationQuantizers(quantizer, quantizer, quantizer);
  }
}
