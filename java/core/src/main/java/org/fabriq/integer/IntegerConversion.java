// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.Int8Output;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;

/** Makes the layers of a {@link IntegerNetwork} of those of a network, from first to last. */
final class IntegerConversion {
  private final Network network;
  private final List<Layer> layers;
  private final Map<String, QuantizedTensor> weights;
  private final NetworkCalibration calibration;
  private final OutputScales scales;
  private final List<IntegerLayer> made = new ArrayList<>();
  private Encoding codes;

  IntegerConversion(
      Network network,
      Map<String, QuantizedTensor> weights,
      NetworkCalibration calibration,
      OutputScales scales) {
    this.network = network;
    this.layers = network.layers();
    this.weights = weights;
    this.calibration = calibration;
    this.scales = scales;
    this.codes = calibration.input();
  }

  IntegerNetwork network() {
    calibration.checkFor(layers);
    for (int i = 0; i < layers.size(); i++) {
      i = convert(i);
    }
    return new IntegerNetwork(network.input(), calibration.input(), made);
  }

  /** Converts layer i, with the one after it where they are one; the index of the last of them. */
  private int convert(int i) {
    Layer layer = layers.get(i);
    if (layer instanceof WeightedLayer weighted) {
      return convertWeighted(weighted, i);
    }
    if (layer instanceof MaxPoolLayer pool) {
      add(new IntegerMaxPool(pool.name(), pool.window(), codes));
    } else if (layer instanceof AveragePoolLayer pool) {
      add(new IntegerAveragePool(pool.name(), pool.window(), pool.countPadding(), codes));
    } else if (layer instanceof FlattenLayer) {
      add(new IntegerFlatten(layer.name(), codes));
    } else if (layer instanceof ClipLayer clip) {
      add(table(clip.name(), i, x -> Math.max(clip.min(), Math.min(clip.max(), x))));
    } else if (layer instanceof ActivationLayer activation) {
      convertActivation(activation, i);
    } else {
      throw new InvalidArgumentException(
          "layer %s has no integer form where it is; fold normalization into the layer before it"
              .formatted(layer.name()));
    }
    return i;
  }

  private void add(IntegerLayer layer) {
    made.add(layer);
    codes = layer.outputCodes().orElse(null);
  }

  private CodeTable table(String name, int i, DoubleUnaryOperator function) {
    return CodeTable.of(name, codes, calibration.outputs().get(i), function);
  }

  private void convertActivation(ActivationLayer layer, int i) {
    switch (layer.activation()) {
      case NONE -> {}
      case RELU -> add(table(layer.name(), i, x -> Math.max(0, x)));
      case TANH -> add(CodeTable.tanh(layer.name(), codes));
      case SIGMOID -> add(CodeTable.sigmoid(layer.name(), codes));
    }
  }

  private int convertWeighted(WeightedLayer layer, int i) {
    QuantizedTensor weight = weight(layer);
    try {
      return convertWeighted(layer, weight, i);
    } catch (InvalidArgumentException e) {
      throw new InvalidArgumentException("layer %s: %s".formatted(layer.name(), e.getMessage()));
    }
  }

  private int convertWeighted(WeightedLayer layer, QuantizedTensor weight, int i) {
    int[] bias = IntegerWeights.biasCodes(weight, layer.bias(), codes);
    if (onlyIdentitiesAfter(i)) {
      add(layer(layer, IntegerWeights.raw(weight, bias, codes)));
      return layers.size() - 1;
    }
    Layer next = layers.get(i + 1);
    int last = next instanceof ClipLayer || isRelu(next) ? i + 1 : i;
    Encoding target = calibration.outputs().get(last);
    Encoding weightCodes = weight.encoding();
    scales.check(weightCodes);
    Encoding output = scales.outputs(codes.scale(0), weightCodes.scale(0), target);
    List<Requantization> multipliers =
        IntStream.range(0, layer.outputs())
            .mapToObj(n -> scales.multiplier(codes.scale(0), weightCodes.scale(n), target))
            .toList();
    int least = output.qmin();
    int greatest = output.qmax();
    if (next instanceof ClipLayer clip) {
      least = output.quantize(clip.min(), 0);
      greatest = output.quantize(clip.max(), 0);
    } else if (last > i) {
      least = Math.max(least, output.zeroPoint(0));
    }
    Int8Output int8 = new Int8Output(multipliers, output.zeroPoint(0), least, greatest);
    add(layer(layer, IntegerWeights.requantized(weight, bias, codes, int8, output)));
    return last;
  }

  private static boolean isRelu(Layer layer) {
    return layer instanceof ActivationLayer activation
        && activation.activation() == Activation.RELU;
  }

  private boolean onlyIdentitiesAfter(int i) {
    return layers.subList(i + 1, layers.size()).stream()
        .allMatch(
            layer ->
                layer instanceof ActivationLayer activation
                    && activation.activation() == Activation.NONE);
  }

  private static IntegerLayer layer(WeightedLayer layer, IntegerWeights weights) {
    if (layer instanceof Conv2dLayer conv) {
      return new IntegerConv2d(layer.name(), weights, conv.window(), conv.groups());
    }
    return new IntegerDense(layer.name(), weights);
  }

  private QuantizedTensor weight(WeightedLayer layer) {
    QuantizedTensor weight = weights.get(layer.name());
    if (weight == null) {
      throw new InvalidArgumentException(
          "no weights for layer %s; there are those of %s"
              .formatted(layer.name(), weights.keySet()));
    }
    if (!weight.codes().hasShapeOf(layer.weight())) {
      throw new ShapeException(
          "layer %s: codes %s for weights %s; their shapes must be the same"
              .formatted(layer.name(), weight.codes(), Arrays.toString(layer.weight().shape())));
    }
    return weight;
  }
}
