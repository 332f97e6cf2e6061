// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;

/**
 * What training with codes takes a network for, by the layers of java/core: a rounding error that
 * was made at the first evaluation stays as it is, in steps of the scale, and so does whether a
 * value saturates. Its slopes are the gradients of training, without the factors g.
 */
final class SurrogateNetwork {
  private final Network network;
  private final Map<String, String> made;
  private final Set<String> taken;
  private final Map<String, Encoding> encodings;
  private final Map<String, Rounded> rounded = new HashMap<>();

  /** What the first evaluation did with a tensor. */
  private record Rounded(int[] state, double[] error, double[] zero, double[] rounding) {}

  /**
   * A surrogate.
   *
   * @param made the tensors that are quantized, each with the one whose encoding it has
   * @param taken those that are quantized where layers with weights take them
   * @param encodings by the name of a tensor or LAYER.weight: bits and, unless parameters have
   *     them, scales and zero points
   */
  SurrogateNetwork(
      Network network,
      Map<String, String> made,
      Set<String> taken,
      Map<String, Encoding> encodings) {
    this.network = network;
    this.made = made;
    this.taken = taken;
    this.encodings = encodings;
  }

  /** The sum of all outputs, each times a factor. */
  double sum(Map<String, float[]> parameters, Float32Tensor x, float[] factors) {
    Float32Tensor out =
        network
            .graph()
            .run(
                tensor(LayerGraph.INPUT, x, parameters),
                (i, in) -> {
                  String name = network.layers().get(i).name();
                  return tensor(name, layer(i, in, parameters), parameters);
                });
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      sum += (double) factors[i] * out.get(i);
    }
    return sum;
  }

  private Float32Tensor layer(int i, List<Float32Tensor> in, Map<String, float[]> parameters) {
    Layer layer = network.layers().get(i);
    if (!(layer instanceof WeightedLayer weighted)) {
      return layer.forward(in);
    }
    String name = layer.name() + ".weight";
    Float32Tensor w = Float32Tensor.of(parameters.get(name), weighted.weight().shape());
    String input = network.graph().nodes().get(i).inputs().get(0);
    Float32Tensor x = in.get(0);
    return weighted
        .withWeight(rounded(name, name, w, parameters))
        .withBias(parameters.get(layer.name() + ".bias"))
        .forward(List.of(taken.contains(input) ? rounded(input, input, x, parameters) : x));
  }

  private Float32Tensor tensor(String name, Float32Tensor x, Map<String, float[]> parameters) {
    return made.containsKey(name) ? rounded(name, made.get(name), x, parameters) : x;
  }

  private Float32Tensor rounded(
      String name, String key, Float32Tensor x, Map<String, float[]> parameters) {
    Encoding encoding = encodings.get(key);
    float[] scales = parameters.getOrDefault(key + ".scale", encoding.scales());
    float[] zeros = parameters.get(key + ".zero_point");
    Rounded first = rounded.computeIfAbsent(name, any -> first(x, encoding, scales, zeros));
    Float32Tensor out = Float32Tensor.allocate(x.shape());
    int each = x.size() / scales.length;
    for (int i = 0; i < x.size(); i++) {
      int channel = i / each;
      double z = first.zero()[channel];
      if (zeros != null) {
        z = zeros[channel] + first.rounding()[channel];
      }
      double s = scales[channel];
      double value =
          switch (first.state()[i]) {
            case -1 -> s * (encoding.qmin() - z);
            case 1 -> s * (encoding.qmax() - z);
            default -> x.get(i) + s * first.error()[i];
          };
      out.set(i, (float) value);
    }
    return out;
  }

  private static Rounded first(Float32Tensor x, Encoding encoding, float[] scales, float[] zeros) {
    double[] zero = new double[scales.length];
    double[] rounding = new double[scales.length];
    for (int channel = 0; channel < zero.length; channel++) {
      zero[channel] = zeros == null ? encoding.zeroPoint(channel) : Math.rint(zeros[channel]);
      rounding[channel] = zeros == null ? 0 : zero[channel] - zeros[channel];
    }
    int[] state = new int[x.size()];
    double[] error = new double[x.size()];
    int each = x.size() / scales.length;
    for (int i = 0; i < x.size(); i++) {
      double v = (double) x.get(i) / scales[i / each];
      double z = zero[i / each];
      state[i] = v < encoding.qmin() - z ? -1 : v > encoding.qmax() - z ? 1 : 0;
      error[i] = Math.rint(v) - v;
    }
    return new Rounded(state, error, zero, rounding);
  }

  /** The tensors with values that saturated. */
  List<String> saturated() {
    return rounded.entrySet().stream()
        .filter(entry -> Arrays.stream(entry.getValue().state()).anyMatch(s -> s != 0))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
