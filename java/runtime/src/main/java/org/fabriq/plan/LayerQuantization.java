// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.model.DenseLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Quantizer;

/**
 * How a layer is quantized.
 *
 * @param weight codes of W (N x K) and their encoding, per tensor or per output channel
 * @param input encoding of the layer's inputs: signed 8-bit, per tensor
 * @param output encoding of its outputs before the activation function: signed 8-bit, per tensor
 */
public record LayerQuantization(QuantizedTensor weight, Encoding input, Encoding output) {
  /** Quantizes a layer's weights; activations as calibrated for layer {@code index} (from 0). */
  public static LayerQuantization of(
      DenseLayer layer, int index, Quantizer quantizer, Calibration calibration) {
    return new LayerQuantization(
        quantizer.quantize(layer.weight()),
        calibration.inputs().get(index),
        calibration.outputs().get(index));
  }

  /** The weights as a kernel reads them under these semantics. */
  QuantizedTensor weight(CodeSemantics semantics) {
    return new QuantizedTensor(weight.codes(), semantics.reading(weight.encoding()));
  }
}
