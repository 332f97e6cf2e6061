// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.util.Arrays;
import java.util.List;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.integer.WeightedIntegerLayer;
import org.fabriq.kernel.Int8Output;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Int8Tensor;

/** Weights and biases of a layer as codes with their scales, and what becomes of its sums. */
final class WeightNodes {
  private final String name;
  private final IntegerWeights weights;
  private final NodeWriter to;
  private final float[] scales;

  WeightNodes(WeightedIntegerLayer layer, NodeWriter to) {
    this.name = layer.name();
    this.weights = layer.weights();
    this.to = to;
    this.scales = new float[weights.outputs()];
    for (int n = 0; n < scales.length; n++) {
      scales[n] = scale(n);
    }
  }

  /** S_W, or where the multiplier is not that of the scales, what makes it so: M S_C / S_A. */
  private float scale(int n) {
    float own = weights.weight().encoding().scale(n);
    if (weights.int8().isEmpty()) {
      return own;
    }
    Encoding output = weights.output().orElseThrow();
    float inputScale = weights.input().scale(0);
    Requantization multiplier = weights.int8().get().multipliers().get(n);
    double usual = (double) inputScale * own / output.scale(0);
    return (float) usual == multiplier.multiplier()
        ? own
        : (float) ((double) multiplier.multiplier() * output.scale(0) / inputScale);
  }

  /** What the weights stand for. */
  String weight() {
    Int8Tensor codes = weights.weight().codes();
    byte[] zeros = new byte[scales.length];
    boolean alike = true;
    for (int n = 0; n < zeros.length; n++) {
      zeros[n] = (byte) weights.weight().encoding().zeroPoint(n);
      alike &= zeros[n] == zeros[0] && scales[n] == scales[0];
    }
    long[] shape = new long[codes.rank()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = codes.dimension(axis);
    }
    int count = alike ? 1 : zeros.length;
    long[] parameters = alike ? new long[0] : new long[] {count};
    List<String> inputs =
        List.of(
            to.int8s(name + "/weight/codes", codes.toArray(), shape),
            to.floats(name + "/weight/scale", Arrays.copyOf(scales, count), parameters),
            to.int8s(name + "/weight/zero", Arrays.copyOf(zeros, count), parameters));
    return to.node("DequantizeLinear", name + "/weight", inputs, NodeWriter.integer("axis", 0));
  }

  /** What the biases stand for. */
  String bias() {
    float[] units = new float[scales.length];
    for (int n = 0; n < units.length; n++) {
      units[n] = weights.input().scale(0) * scales[n];
    }
    List<String> inputs =
        List.of(
            to.int32s(name + "/bias/codes", weights.bias(), units.length),
            to.floats(name + "/bias/scale", units, units.length));
    return to.node("DequantizeLinear", name + "/bias", inputs, NodeWriter.integer("axis", 0));
  }

  /** Sums as codes, or as they are where the layer gives accumulators. */
  String finish(String sums) {
    if (weights.output().isEmpty()) {
      return sums;
    }
    Encoding output = weights.output().get();
    int least = weights.int8().map(Int8Output::qmin).orElse(output.qmin());
    int greatest = weights.int8().map(Int8Output::qmax).orElse(output.qmax());
    return to.codes(name, sums, output, least, greatest);
  }
}
