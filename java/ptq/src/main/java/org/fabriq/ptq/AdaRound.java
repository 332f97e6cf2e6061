// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * AdaRound: learns for each weight whether it goes to the code below or above, so that the layer's
 * outputs for the calibration inputs change least.
 *
 * <p>A weight stands for S * clamp(floor(w / S) + h(v), qmin - Z, qmax - Z) with the {@link
 * RectifiedSigmoid} h, which starts at the weight itself. Minimized is, over rows x of inputs to
 * the quantized network and x' of the same samples to the fp32 one,
 *
 * <pre>
 *  mean over rows of |f(W~ x + b) - f(W x' + b)|^2
 *    + 0.01 * sum over weights of 1 - |2 h(v) - 1|^beta
 * </pre>
 *
 * with f the activation function after the layer (ReLU, tanh, sigmoid; else the identity). The
 * second term is left out for the first fifth of the iterations; then beta falls linearly from 20
 * to 2, and drives h to 0 or 1. At the end the code is above where h is at least 1/2. Adam with
 * rate 0.01 on 32 rows at a time, drawn with the seed from at most 8192 kept of each group.
 *
 * <p>Source: M. Nagel et al., "Up or Down? Adaptive Rounding for Post-Training Quantization", 2020,
 * equations 21 to 25.
 *
 * @param iterations at least 1
 * @param seed of the rows drawn
 */
public record AdaRound(int iterations, long seed) implements WeightRounding {
  /** 2000 iterations, seed 0. */
  public static final AdaRound DEFAULT = new AdaRound(2000, 0);

  private static final int ROWS = 8192;

  /**
   * @throws InvalidArgumentException if iterations are out of range
   */
  public AdaRound {
    if (iterations < 1) {
      throw new InvalidArgumentException(
          "%d iterations, limit at least 1; 2000 is common".formatted(iterations));
    }
  }

  @Override
  public void check(WeightQuantizer quantizer) {
    WeightRounding.evenGrid(quantizer, "adaround");
  }

  @Override
  public QuantizedTensor round(
      LayerInputs inputs, WeightQuantizer quantizer, DoubleConsumer progress) {
    Quantizer grid = WeightRounding.evenGrid(quantizer, "adaround");
    WeightedLayer layer = inputs.layer();
    Encoding encoding = grid.fit(layer.weight());
    SampledRows[] samples = new SampledRows[layer.groups()];
    DenseLayer[] parts = new DenseLayer[layer.groups()];
    Arrays.setAll(samples, group -> new SampledRows(ROWS, seed + group));
    Arrays.setAll(
        parts, group -> new DenseLayer(layer.name(), layer.weightMatrix(group), layer.bias(group)));
    inputs.forEachRows(
        (group, exact, quantized) -> {
          Float32Tensor targets = parts[group].forward(exact);
          inputs.activation().apply(targets);
          samples[group].add(quantized, targets);
        });
    Int8Tensor codes = Int8Tensor.allocate(layer.weight().shape());
    for (int group = 0; group < samples.length; group++) {
      DenseLayer part = parts[group];
      int first = group * part.outputs();
      int before = group;
      new RoundingTraining(
              part, inputs.activation(), encoding, layer.weight(), first, samples[group])
          .run(iterations, seed + group, done -> progress.accept((before + done) / parts.length))
          .writeTo(codes, first * part.inputs());
    }
    return new QuantizedTensor(codes, encoding);
  }
}
