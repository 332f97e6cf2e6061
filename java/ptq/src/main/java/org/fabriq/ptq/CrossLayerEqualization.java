// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.LayerType;
import org.fabriq.model.LeakyReluLayer;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.PadLayer;
import org.fabriq.model.WeightedLayer;
import org.fabriq.tensor.Float32Tensor;

/**
 * Cross-layer equalization: scales the channels between two layers so that both have weights of
 * like ranges, without changing what the network computes but for fp32 rounding.
 *
 * <p>For channel i, with r1 the greatest magnitude of the first layer's weights that make it and r2
 * that of the second layer's weights that take it,
 *
 * <pre>
 *  s = sqrt(r1 r2) / r2 = sqrt(r1 / r2);   W1 row / s,  b1 / s,  W2 column * s
 * </pre>
 *
 * so both ranges become sqrt(r1 r2). Channels with a range of 0 stay. Pairs are taken in order and
 * again until no s is further than 0.0001 from 1, at most 100 times. In double, narrowed to fp32.
 *
 * <p>It holds as f(s x) = s f(x), which ReLU, pooling and flattening do between two layers. Batch
 * normalizations are folded first.
 *
 * <p>Source: M. Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias
 * Correction", 2019, section 4.1.
 */
public final class CrossLayerEqualization {
  private static final int MAX_TURNS = 100;
  private static final double CLOSE = 1e-4;

  private Network network;
  private ExpectedInputs expected;

  private CrossLayerEqualization(Network network, ExpectedInputs expected) {
    this.network = network;
    this.expected = expected;
  }

  /**
   * An equalized network.
   *
   * @param network its network, batch normalizations folded
   * @param expected the means of its layers' inputs
   */
  public record Result(Network network, ExpectedInputs expected) {}

  /**
   * Equalizes all neighbouring weighted layers, but for those where ways part or join between them.
   *
   * @param expected the means of its layers' inputs, as far as they are known
   * @throws InvalidArgumentException if something between two of them does not scale: tanh, sigmoid
   *     or a clip
   */
  public static Result equalize(Network network, ExpectedInputs expected) {
    CrossLayerEqualization run =
        new CrossLayerEqualization(BatchNormFolding.fold(network), expected);
    List<int[]> pairs = run.pairs();
    double furthest = Double.POSITIVE_INFINITY;
    for (int turn = 0; turn < MAX_TURNS && furthest > CLOSE; turn++) {
      furthest = 0;
      for (int[] pair : pairs) {
        furthest = Math.max(furthest, run.equalize(pair[0], pair[1]));
      }
    }
    return new Result(run.network, run.expected);
  }

  /**
   * The weighted layers of which the second alone takes what the first gives, by way of layers that
   * scale.
   */
  private List<int[]> pairs() {
    List<int[]> pairs = new ArrayList<>();
    LayerGraph<Layer> graph = network.graph();
    for (int first = 0; first < graph.size(); first++) {
      if (graph.layer(first) instanceof WeightedLayer) {
        int second = second(first);
        if (second >= 0) {
          pairs.add(new int[] {first, second});
        }
      }
    }
    return pairs;
  }

  /** The index of the next weighted layer, or -1 where ways part or join before it, or none is. */
  private int second(int first) {
    LayerGraph<Layer> graph = network.graph();
    Layer unscaled = null;
    int at = graph.onlyReader(first);
    while (at >= 0 && !(graph.layer(at) instanceof WeightedLayer)) {
      if (graph.layer(at).inputCount() > 1) {
        return -1;
      }
      unscaled = unscaled == null && !scales(graph.layer(at)) ? graph.layer(at) : unscaled;
      at = graph.onlyReader(at);
    }
    if (at >= 0 && unscaled != null) {
      throw new InvalidArgumentException(
          "layer %s (%s) does not scale with its inputs, so the layers around it cannot be"
                  .formatted(unscaled.name(), LayerType.word(unscaled))
              + " equalized; leave out cle, or train with ReLU");
    }
    return at;
  }

  private static boolean scales(Layer layer) {
    return layer instanceof MaxPoolLayer
        || layer instanceof AveragePoolLayer
        || layer instanceof GlobalAveragePoolLayer
        || layer instanceof FlattenLayer
        || layer instanceof LeakyReluLayer
        || layer instanceof PadLayer pad && pad.value() == 0
        || layer instanceof ActivationLayer function
            && (function.activation() == Activation.RELU
                || function.activation() == Activation.NONE);
  }

  /** Equalizes two layers; how far the furthest factor is from 1. */
  private double equalize(int firstIndex, int secondIndex) {
    WeightedLayer first = (WeightedLayer) network.layers().get(firstIndex);
    WeightedLayer second = (WeightedLayer) network.layers().get(secondIndex);
    double[] made = new double[first.outputs()];
    double[] taken = new double[made.length];
    Float32Tensor rows = (Float32Tensor) first.weight().copy();
    Float32Tensor columns = (Float32Tensor) second.weight().copy();
    int perOutput = rows.size() / made.length;
    for (int i = 0; i < rows.size(); i++) {
      made[i / perOutput] = Math.max(made[i / perOutput], Math.abs(rows.get(i)));
    }
    int[] channels = channels(second, made.length);
    for (int i = 0; i < channels.length; i++) {
      taken[channels[i]] = Math.max(taken[channels[i]], Math.abs(columns.get(i)));
    }
    double[] factors = new double[made.length];
    Arrays.setAll(factors, c -> made[c] > 0 && taken[c] > 0 ? Math.sqrt(made[c] / taken[c]) : 1);
    for (int i = 0; i < rows.size(); i++) {
      rows.set(i, (float) (rows.get(i) / factors[i / perOutput]));
    }
    for (int i = 0; i < channels.length; i++) {
      columns.set(i, (float) (columns.get(i) * factors[channels[i]]));
    }
    float[] bias = first.bias();
    for (int c = 0; bias != null && c < bias.length; c++) {
      bias[c] = (float) (bias[c] / factors[c]);
    }
    network =
        network
            .with(firstIndex, first.withWeight(rows).withBias(bias))
            .with(secondIndex, second.withWeight(columns));
    expected = expected.divided(second.name(), factors);
    return Arrays.stream(factors).map(s -> Math.abs(s - 1)).max().orElse(0);
  }

  /** The channel between the layers that each weight of the second one takes. */
  private static int[] channels(WeightedLayer second, int channels) {
    int size = second.weight().size();
    int perOutput = size / second.outputs();
    int channelsOfGroup = channels / second.groups();
    int taps = perOutput / channelsOfGroup;
    int outputsOfGroup = second.outputs() / second.groups();
    int[] of = new int[size];
    Arrays.setAll(of, i -> i / perOutput / outputsOfGroup * channelsOfGroup + i % perOutput / taps);
    return of;
  }
}
