// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.Int8Output;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;

/** Dense layers and convolutions in integers, each with a ReLU or a clip directly behind it. */
final class WeightsLowering {
  private WeightsLowering() {}

  static void lower(WeightedLayer layer, int i, IntegerConversion to) {
    QuantizedTensor weight = weight(layer, to.weights(layer.name()));
    try {
      lower(layer, weight, i, to);
    } catch (InvalidArgumentException e) {
      throw new InvalidArgumentException("layer %s: %s".formatted(layer.name(), e.getMessage()));
    }
  }

  private static void lower(
      WeightedLayer layer, QuantizedTensor weight, int i, IntegerConversion to) {
    Encoding codes = to.codes(i, 0);
    int[] bias = IntegerWeights.biasCodes(weight, layer.bias(), codes);
    if (to.isLast(i)) {
      to.add(layer(layer, IntegerWeights.raw(weight, bias, codes)), i);
      return;
    }
    Lowering.Clamp clamp = Lowering.Clamp.after(i, to.network());
    Encoding target = to.target(clamp.last());
    Encoding weightCodes = weight.encoding();
    OutputScales scales = to.scales();
    scales.check(weightCodes);
    Encoding output = scales.outputs(codes.scale(0), weightCodes.scale(0), target);
    List<Requantization> multipliers =
        IntStream.range(0, layer.outputs())
            .mapToObj(n -> scales.multiplier(codes.scale(0), weightCodes.scale(n), target))
            .toList();
    Int8Output int8 =
        new Int8Output(
            multipliers, output.zeroPoint(0), clamp.least(output), clamp.greatest(output));
    IntegerWeights weights = IntegerWeights.requantized(weight, bias, codes, int8, output);
    to.add(layer(layer, weights), i, to.inputs(i), clamp.last());
  }

  private static IntegerLayer layer(WeightedLayer layer, IntegerWeights weights) {
    if (layer instanceof Conv2dLayer conv) {
      return new IntegerConv2d(layer.name(), weights, conv.window(), conv.groups());
    }
    return new IntegerDense(layer.name(), weights);
  }

  private static QuantizedTensor weight(WeightedLayer layer, QuantizedTensor weight) {
    if (!weight.codes().hasShapeOf(layer.weight())) {
      throw new ShapeException(
          "layer %s: codes %s for weights %s; their shapes must be the same"
              .formatted(layer.name(), weight.codes(), Arrays.toString(layer.weight().shape())));
    }
    return weight;
  }
}
