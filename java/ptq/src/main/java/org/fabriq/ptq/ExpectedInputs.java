// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.Erfc;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AddLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.BatchNormLayer;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.ConcatLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;

/**
 * The means of the inputs of layers, known without data: a batch normalization gives channel c the
 * mean beta_c and the standard deviation |gamma_c|, taken as normal. Through a ReLU or a clip to
 * [a, b] the mean becomes that of the clipped normal,
 *
 * <pre>
 *  s (phi(p) - phi(q)) + m (Phi(q) - Phi(p)) + a Phi(p) + b (1 - Phi(q))
 *  p = (a - m) / s, q = (b - m) / s
 * </pre>
 *
 * with phi and Phi the density and the distribution of the standard normal. Average pooling without
 * padding and flattening keep means, those of a sum add, those of joined tensors stay. After
 * anything else (tanh, sigmoid, max pooling, a layer without batch normalization) they are not
 * known.
 *
 * <p>Source: M. Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias
 * Correction", 2019, section 4.2.1 and appendix C.
 */
public final class ExpectedInputs {
  private final Map<String, double[]> means;

  private ExpectedInputs(Map<String, double[]> means) {
    this.means = Collections.unmodifiableMap(means);
  }

  /** The known means of a network whose batch normalizations are not folded yet. */
  public static ExpectedInputs of(Network network) {
    Map<String, double[]> means = new HashMap<>();
    network
        .graph()
        .run(
            Channels.UNKNOWN,
            (i, taken) -> {
              Layer layer = network.graph().layer(i);
              Channels channels = Channels.joined(layer, taken);
              if (layer instanceof WeightedLayer && channels.means != null) {
                means.put(layer.name(), channels.means);
              }
              return channels.after(layer);
            });
    return new ExpectedInputs(means);
  }

  /** The names of the layers whose inputs have known means. */
  public Set<String> layers() {
    return means.keySet();
  }

  /** One mean per input channel of a layer, or null where they are not known; a copy. */
  public double[] ofLayer(String name) {
    double[] known = means.get(name);
    return known == null ? null : known.clone();
  }

  /** The same for a network in which a layer's input channels are divided by factors. */
  ExpectedInputs divided(String name, double[] factors) {
    Map<String, double[]> divided = new HashMap<>(means);
    divided.computeIfPresent(
        name,
        (key, mean) ->
            IntStream.range(0, mean.length).mapToDouble(c -> mean[c] / factors[c]).toArray());
    return new ExpectedInputs(divided);
  }

  /**
   * Where the channels of values lie.
   *
   * @param means null where they are not known
   * @param deviations null where they are not known, or values not normal
   */
  private record Channels(double[] means, double[] deviations) {
    static final Channels UNKNOWN = new Channels(null, null);

    /** Those of what a layer takes: of a sum the sums, of joined tensors one after the other. */
    static Channels joined(Layer layer, List<Channels> taken) {
      boolean known = taken.stream().allMatch(channels -> channels.means != null);
      if (taken.size() == 1) {
        return taken.get(0);
      }
      if (known && layer instanceof AddLayer) {
        double[] sums = taken.get(0).means.clone();
        Arrays.setAll(sums, c -> sums[c] + taken.get(1).means[c]);
        return new Channels(sums, null);
      }
      if (known && layer instanceof ConcatLayer) {
        return new Channels(
            taken.stream().flatMapToDouble(channels -> Arrays.stream(channels.means)).toArray(),
            null);
      }
      return UNKNOWN;
    }

    Channels after(Layer layer) {
      if (layer instanceof BatchNormLayer norm) {
        double[] gamma = doubles(norm.gamma());
        return new Channels(doubles(norm.beta()), Arrays.stream(gamma).map(Math::abs).toArray());
      }
      if (layer instanceof ClipLayer clip) {
        return clipped(clip.min(), clip.max());
      }
      if (layer instanceof ActivationLayer function) {
        return switch (function.activation()) {
          case NONE -> this;
          case RELU -> clipped(0, Double.POSITIVE_INFINITY);
          case TANH, SIGMOID -> UNKNOWN;
        };
      }
      boolean keepsMeans =
          layer instanceof FlattenLayer
              || layer instanceof AddLayer
              || layer instanceof ConcatLayer
              || layer instanceof GlobalAveragePoolLayer
              || layer instanceof AveragePoolLayer pool && !pool.window().padded();
      return keepsMeans ? new Channels(means, null) : UNKNOWN;
    }

    private Channels clipped(double a, double b) {
      if (deviations == null) {
        return UNKNOWN;
      }
      double[] clipped = new double[means.length];
      Arrays.setAll(clipped, c -> clippedMean(means[c], deviations[c], a, b));
      return new Channels(clipped, null);
    }

    private static double[] doubles(float[] values) {
      return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
  }

  /** The mean of a normal variable clipped to [a, b]. */
  static double clippedMean(double m, double s, double a, double b) {
    if (s == 0) {
      return Math.max(a, Math.min(b, m));
    }
    double p = (a - m) / s;
    double q = (b - m) / s;
    double above = b == Double.POSITIVE_INFINITY ? 0 : b * (1 - distribution(q));
    return s * (density(p) - density(q))
        + m * (distribution(q) - distribution(p))
        + a * distribution(p)
        + above;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private static double distribution(double x) {
    return Erfc.value(-x / Math.sqrt(2)) / 2;
  }
}
