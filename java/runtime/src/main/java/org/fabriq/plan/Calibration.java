// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.Quantizer;
import org.fabriq.tensor.Float32Tensor;

/**
 * Encodings of each layer's inputs and of its outputs before the activation function, fitted to
 * what the fp32 network computes for calibration images.
 *
 * @param inputs one per layer
 * @param outputs one per layer
 */
public record Calibration(List<Encoding> inputs, List<Encoding> outputs) {
  /**
   * Runs the network in fp32 and fits.
   *
   * @param images M x inputs; training images, never those accuracy is reported on
   * @param quantizer for instance symmetric, 8 bits
   */
  public static Calibration of(Mlp model, Float32Tensor images, Quantizer quantizer) {
    List<Encoding> inputs = new ArrayList<>();
    List<Encoding> outputs = new ArrayList<>();
    Float32Tensor value = images;
    for (DenseLayer layer : model.layers()) {
      inputs.add(quantizer.fit(value));
      Float32Tensor out = Float32Tensor.allocate(value.rows(), layer.outputs());
      new JavaMatmul(WeightsF32F32.ofLayer(layer.weight(), layer.bias())).multiply(value, out);
      outputs.add(quantizer.fit(out));
      layer.activation().apply(out);
      value = out;
    }
    return new Calibration(List.copyOf(inputs), List.copyOf(outputs));
  }
}
