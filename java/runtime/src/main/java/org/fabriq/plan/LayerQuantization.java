// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizedWeights;

/**
 * How a layer is quantized.
 *
 * @param weight codes of W (N x K): of an encoding, per tensor or per output channel, or of a
 *     codebook
 * @param input encoding of the layer's inputs: codes within int8, per tensor
 * @param output encoding of its outputs before the activation function: likewise
 */
public record LayerQuantization(QuantizedWeights weight, Encoding input, Encoding output) {
  /** With activations as calibrated for layer {@code index} (from 0). */
  public static LayerQuantization of(QuantizedWeights weight, int index, Calibration calibration) {
    return new LayerQuantization(
        weight, calibration.inputs().get(index), calibration.outputs().get(index));
  }

  /** The weights as a kernel of int8 weights reads them under these semantics. */
  QuantizedTensor weight(CodeSemantics semantics) {
    QuantizedTensor integers = weight.integers();
    return new QuantizedTensor(integers.codes(), semantics.reading(integers.encoding()));
  }
}
