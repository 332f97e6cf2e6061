// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.Arrays;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;

/**
 * A constant of one value per channel of an image, or per value of a vector.
 *
 * @param values what it stands for
 * @param codes as int8 holds them; null where it is not quantized with one scale
 * @param encoding of the codes; null likewise
 */
record PerChannel(double[] values, int[] codes, Encoding encoding) {
  /**
   * Broadcasts a constant to samples, and checks that it is the same all over each channel.
   *
   * @param view a tensor that is arranged in channels as its layer gives them
   */
  static PerChannel of(Constant constant, View<?> view, SampleShape layer) {
    if (constant == null) {
      return null;
    }
    int[] places = broadcast(constant, view.shape());
    int channels = layer.channels();
    int run = layer.size() / channels;
    int[] element = new int[channels];
    Arrays.fill(element, -1);
    for (int i = 0; i < places.length; i++) {
      int channel = view.place(i) / run;
      if (element[channel] >= 0
          && element[channel] != places[i]
          && constant.real(element[channel]) != constant.real(places[i])) {
        throw new NotTakenException(
            "constant %s differs within a channel of %s".formatted(constant, layer),
            "use one value per channel");
      }
      element[channel] = places[i];
    }
    double[] values = Arrays.stream(element).mapToDouble(constant::real).toArray();
    if (constant.codes() == null || constant.codes().perAxis()) {
      return new PerChannel(values, null, null);
    }
    int shift = constant.codes().shift();
    int[] codes = Arrays.stream(element).map(i -> (int) constant.integer(i) + shift).toArray();
    return new PerChannel(values, codes, constant.codes().int8());
  }

  /** For each element of samples, the element of the constant there, as numpy broadcasts. */
  static int[] broadcast(Constant constant, int[] sample) {
    int[] own = constant.shape();
    int rank = sample.length;
    int extra = own.length - rank;
    for (int i = 0; i < extra; i++) {
      check(own[i] == 1, constant, sample);
    }
    int[] strides = new int[rank];
    for (int axis = rank - 1, stride = 1; axis >= Math.max(0, -extra); axis--) {
      int dimension = own[axis + extra];
      check(dimension == 1 || dimension == sample[axis], constant, sample);
      strides[axis] = dimension == 1 ? 0 : stride;
      stride *= dimension;
    }
    int[] places = new int[Extent.elements(sample)];
    for (int i = 0; i < places.length; i++) {
      int rest = i;
      for (int axis = rank - 1; axis >= 0; axis--) {
        places[i] += rest % sample[axis] * strides[axis];
        rest /= sample[axis];
      }
    }
    return places;
  }

  private static void check(boolean fits, Constant constant, int[] sample) {
    if (!fits) {
      throw new NotTakenException(
          "constant %s does not broadcast to samples of %s"
              .formatted(constant, Arrays.toString(sample)),
          "give it the shape of a sample, with 1 where it repeats");
    }
  }

  /** Whether it is one value for all. */
  boolean uniform() {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }

  /** The value of a channel; of 1 or 0 where there is no constant. */
  static double value(PerChannel constant, int channel, double without) {
    return constant == null ? without : constant.values[channel];
  }

  /** All values as fp32. */
  static float[] floats(PerChannel constant, int channels, float without) {
    float[] floats = new float[channels];
    for (int i = 0; i < channels; i++) {
      floats[i] = (float) value(constant, i, without);
    }
    return floats;
  }
}
