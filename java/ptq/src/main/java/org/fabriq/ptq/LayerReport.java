// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.tensor.Float32Tensor;

/**
 * What quantizing cost one layer.
 *
 * @param layer its name
 * @param shape of its weights
 * @param bits of a code
 * @param bytes of the packed codes and their scales or table
 * @param weightSqnr 10 log10 of the power of the fp32 weights by that of their errors, in dB;
 *     infinite without errors
 * @param saturatedWeights weights more than half a step outside the range of the codes; 0 of a
 *     codebook
 * @param outputSqnr the same ratio of the layer's outputs before the activation function, with all
 *     layers up to it quantized
 * @param inputs values the layer was given, over all batches
 * @param saturatedInputs those more than half a step outside the range of their encoding
 */
public record LayerReport(
    String layer,
    int[] shape,
    int bits,
    long bytes,
    double weightSqnr,
    long saturatedWeights,
    double outputSqnr,
    long inputs,
    long saturatedInputs) {

  /**
   * The reports of the quantized layers, in order.
   *
   * @param original the network in fp32 that the quantized one stands for, with the same layers
   * @param activations encodings of layers' inputs by layer name; layers without one keep fp32
   *     inputs
   * @param batches M x inputs each
   */
  public static List<LayerReport> of(
      Network original,
      QuantizedNetwork network,
      Map<String, Encoding> activations,
      Iterable<Float32Tensor> batches) {
    List<Network> networks = List.of(original, network.network());
    int count = original.layers().size();
    Noise[] outputs = new Noise[count];
    Saturation[] inputs = new Saturation[count];
    for (int i = 0; i < count; i++) {
      outputs[i] = new Noise();
      inputs[i] = new Saturation(activations.get(original.layers().get(i).name()));
    }
    for (Float32Tensor batch : batches) {
      Float32Tensor[] exact = new Float32Tensor[count];
      networks.get(0).forward(batch, (i, layer, in, out) -> exact[i] = out);
      networks
          .get(1)
          .forward(
              batch,
              (i, layer, in, out) -> {
                outputs[i].add(exact[i], out);
                inputs[i].add(in.get(0));
              });
    }
    List<LayerReport> reports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (original.layers().get(i) instanceof WeightedLayer layer
          && network.weights().containsKey(layer.name())) {
        reports.add(of(layer, network.weights().get(layer.name()), outputs[i], inputs[i]));
      }
    }
    return reports;
  }

  private static LayerReport of(
      WeightedLayer layer, QuantizedWeights codes, Noise outputs, Saturation inputs) {
    Noise noise = new Noise();
    noise.add(layer.weight(), codes.dequantize());
    Saturation saturation =
        new Saturation(codes instanceof QuantizedTensor tensor ? tensor.encoding() : null);
    saturation.add(layer.weight());
    return new LayerReport(
        layer.name(),
        layer.weight().shape(),
        codes.bits(),
        codes.bytes(),
        noise.decibels(),
        saturation.outside,
        outputs.decibels(),
        inputs.values,
        inputs.outside);
  }

  /** Sums of squares, in double. */
  private static final class Noise {
    private double signal;
    private double noise;

    void add(Float32Tensor exact, Float32Tensor quantized) {
      for (int i = 0; i < exact.size(); i++) {
        double error = (double) exact.get(i) - quantized.get(i);
        signal += (double) exact.get(i) * exact.get(i);
        noise += error * error;
      }
    }

    double decibels() {
      return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
    }
  }

  /** Counts of values outside the range of an encoding; none outside without one. */
  private static final class Saturation {
    private final Encoding encoding;
    private long values;
    private long outside;

    Saturation(Encoding encoding) {
      this.encoding = encoding;
    }

    void add(Float32Tensor tensor) {
      values += tensor.size();
      for (int i = 0; encoding != null && i < tensor.size(); i++) {
        int channel = encoding.channel(tensor, i);
        double steps =
            (double) tensor.get(i) / encoding.scale(channel) + encoding.zeroPoint(channel);
        outside += steps < encoding.qmin() - 0.5 || steps > encoding.qmax() + 0.5 ? 1 : 0;
      }
    }
  }
}
