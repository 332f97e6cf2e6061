// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.function.DoubleConsumer;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.WeightQuantizer;

/** Chooses the codes of a layer's weights. Implementations are immutable and deterministic. */
public interface WeightRounding {
  /** Each weight by itself, to the nearest code; needs no inputs. */
  WeightRounding NEAREST =
      (inputs, quantizer, progress) -> quantizer.quantize(inputs.layer().weight());

  /**
   * The codes of the layer's weights, of their shape.
   *
   * @param inputs the layer and what it is given
   * @param quantizer chooses the encoding or the codebook, from the weights alone
   * @param progress told the share of the work that is done, 0 to 1, where it takes long; in the
   *     calling thread
   * @throws org.fabriq.InvalidArgumentException if the rounding does not go with the quantizer
   */
  QuantizedWeights round(LayerInputs inputs, WeightQuantizer quantizer, DoubleConsumer progress);

  /**
   * Refuses a quantizer that the rounding does not go with, before anything is computed.
   *
   * @throws org.fabriq.InvalidArgumentException as {@link #round}
   */
  default void check(WeightQuantizer quantizer) {}

  /**
   * Requires a quantizer of evenly spaced codes.
   *
   * @param word what options call the rounding that does
   * @throws InvalidArgumentException if it is one of codebooks
   */
  static Quantizer evenGrid(WeightQuantizer quantizer, String word) {
    if (quantizer instanceof Quantizer grid) {
      return grid;
    }
    throw new InvalidArgumentException(
        "%s rounds to evenly spaced codes, not to %s; take centroids for codebooks"
            .formatted(word, quantizer.name()));
  }
}
