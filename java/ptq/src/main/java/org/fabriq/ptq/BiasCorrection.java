// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import org.fabriq.model.WeightedLayer;
import org.fabriq.tensor.Float32Tensor;

/**
 * Changes biases so that quantized weights shift no output in the mean.
 *
 * <p>Source: M. Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias
 * Correction", 2019, section 4.2.
 */
@FunctionalInterface
public interface BiasCorrection {
  /** Biases as they are. */
  BiasCorrection NONE = (inputs, decoded) -> inputs.layer().bias();

  /**
   * The empirical way: b - (mean of the quantized network's outputs - mean of the fp32 network's),
   * over all calibration samples and, of a convolution, all places; in double, narrowed to fp32. It
   * also makes up for the shifts of the layers before.
   */
  BiasCorrection EMPIRICAL =
      (inputs, decoded) -> {
        WeightedLayer exact = inputs.layer();
        WeightedLayer quantized = exact.withWeight(decoded);
        ChannelMeans shift = new ChannelMeans(exact.outputs());
        inputs.forEach((x, y) -> shift.addDifference(quantized.forward(y), exact.forward(x)));
        return minus(exact, shift.means());
      };

  /**
   * The bias to use instead of the layer's.
   *
   * @param decoded what the layer's codes stand for, of the shape of its weights
   * @return one per output, or null for none
   */
  float[] corrected(LayerInputs inputs, Float32Tensor decoded);

  /**
   * The analytic way, without data: b - (W~ - W) E[x], where a layer's inputs have known means; in
   * double, narrowed to fp32. Layers without known means keep their biases.
   */
  static BiasCorrection analytic(ExpectedInputs expected) {
    return (inputs, decoded) -> {
      WeightedLayer layer = inputs.layer();
      double[] means = expected.ofLayer(layer.name());
      if (means == null) {
        return layer.bias();
      }
      Float32Tensor weight = layer.weightMatrix();
      int channelsOfGroup = means.length / layer.groups();
      int taps = weight.columns() / channelsOfGroup;
      double[] shift = new double[layer.outputs()];
      for (int n = 0, i = 0; n < shift.length; n++) {
        int firstChannel = n / (shift.length / layer.groups()) * channelsOfGroup;
        for (int k = 0; k < weight.columns(); k++, i++) {
          double change = (double) decoded.get(i) - weight.get(i);
          shift[n] += change * means[firstChannel + k / taps];
        }
      }
      return minus(layer, shift);
    };
  }

  private static float[] minus(WeightedLayer layer, double[] shift) {
    float[] bias = layer.bias() == null ? new float[shift.length] : layer.bias();
    for (int n = 0; n < shift.length; n++) {
      bias[n] = (float) (bias[n] - shift[n]);
    }
    return bias;
  }
}
