// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.WeightedIntegerLayer;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsF32I8;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;

/**
 * A dense layer or a convolution made ready for one of the kernels, on no device yet: weights with
 * their epilogue, how inputs are encoded and how outputs are read back.
 *
 * @param groups what the kernel gets for each group of outputs
 * @param input the int8 encoding of the layer's inputs, or null where the kernel takes them as they
 *     are
 * @param outputScales what one unit of the kernel's output is worth, per output, or null where
 *     outputs stay as they are; the same for all where the kernel writes int8
 * @param outputZero the kernel's output that stands for 0
 */
public record LayerKernel(
    List<? extends MatmulWeights> groups, Encoding input, float[] outputScales, int outputZero) {
  /**
   * The kernel of an arithmetic that runs layer by layer.
   *
   * @param raw whether i8i8 gives the raw int32 accumulator, not int8
   * @throws InvalidArgumentException if the network lacks codes or encodings that it takes, or the
   *     arithmetic is {@link Arithmetic#INTEGER}, which is one of whole networks
   */
  public static LayerKernel of(
      Arithmetic arithmetic,
      QuantizedNetwork network,
      String name,
      CodeSemantics semantics,
      boolean raw) {
    return switch (arithmetic) {
      case F32, F32F32 -> f32f32(network.layer(name));
      case F32I8 -> f32i8(network, name, semantics);
      case I8I8 -> raw ? i8i8Raw(network, name, semantics) : i8i8(network, name, semantics);
      case INTEGER ->
          throw new InvalidArgumentException(
              "layer %s alone in integer; make an integer network of the whole".formatted(name));
    };
  }

  /** fp32 x fp32: not quantized. */
  public static LayerKernel f32f32(WeightedLayer layer) {
    List<MatmulWeights> groups = new ArrayList<>();
    for (int group = 0; group < layer.groups(); group++) {
      groups.add(WeightsF32F32.ofLayer(layer.weightMatrix(group), layer.bias(group)));
    }
    return new LayerKernel(groups, null, null, 0);
  }

  /** fp32 x int8: quantized weights, fp32 activations. */
  public static LayerKernel f32i8(QuantizedNetwork network, String name, CodeSemantics semantics) {
    WeightedLayer layer = network.layer(name);
    GroupedCodes codes = new GroupedCodes(network.codes(name), layer.groups(), semantics);
    List<MatmulWeights> groups = new ArrayList<>();
    for (int group = 0; group < layer.groups(); group++) {
      groups.add(WeightsF32I8.ofLayer(codes.of(group), layer.bias(group)));
    }
    return new LayerKernel(groups, null, null, 0);
  }

  /** int8 x int8 with the raw int32 accumulator as output, read back exactly. */
  public static LayerKernel i8i8Raw(
      QuantizedNetwork network, String name, CodeSemantics semantics) {
    WeightedLayer layer = network.layer(name);
    GroupedCodes codes = channelsLast(layer, network.codes(name), semantics);
    Encoding a = semantics.reading(network.inputCodes(name));
    List<MatmulWeights> groups = new ArrayList<>();
    float[] scales = new float[layer.outputs()];
    for (int group = 0; group < layer.groups(); group++) {
      QuantizedTensor w = codes.of(group);
      int outputs = w.codes().rows();
      for (int n = 0; n < outputs; n++) {
        scales[group * outputs + n] = a.scale(0) * w.encoding().scale(n);
      }
      groups.add(WeightsI8I8.rawOfLayer(w, a, layer.bias(group)));
    }
    return new LayerKernel(groups, network.inputCodes(name), scales, 0);
  }

  /** int8 x int8 with an int8 output, requantized by the kernel with ties to even, and clamped. */
  public static LayerKernel i8i8(QuantizedNetwork network, String name, CodeSemantics semantics) {
    WeightedLayer layer = network.layer(name);
    GroupedCodes codes = channelsLast(layer, network.codes(name), semantics);
    Encoding a = semantics.reading(network.inputCodes(name));
    Encoding c = semantics.reading(network.outputCodes(name));
    List<MatmulWeights> groups = new ArrayList<>();
    try {
      for (int group = 0; group < layer.groups(); group++) {
        groups.add(WeightsI8I8.ofLayer(codes.of(group), a, layer.bias(group), c));
      }
    } catch (InvalidArgumentException e) {
      throw new InvalidArgumentException("layer %s: %s".formatted(name, e.getMessage()));
    }
    float[] scales = new float[layer.outputs()];
    Arrays.fill(scales, c.scale(0));
    return new LayerKernel(groups, network.inputCodes(name), scales, c.zeroPoint(0));
  }

  /** An integer layer: codes in, codes or accumulators out. */
  static LayerKernel integers(WeightedIntegerLayer layer) {
    int outputs = layer.weights().outputs() / layer.groups();
    int[] order = null;
    if (layer instanceof IntegerConv2d conv) {
      order = GroupedCodes.channelsLast(conv.channelsOfGroup(), conv.window().taps());
    }
    List<MatmulWeights> groups = new ArrayList<>();
    for (int group = 0; group < layer.groups(); group++) {
      groups.add(layer.weights().forKernel(group * outputs, outputs, order));
    }
    return new LayerKernel(groups, null, null, 0);
  }

  private static GroupedCodes channelsLast(
      WeightedLayer layer, QuantizedTensor codes, CodeSemantics semantics) {
    GroupedCodes grouped = new GroupedCodes(codes, layer.groups(), semantics);
    return layer instanceof Conv2dLayer conv
        ? grouped.reordered(
            GroupedCodes.channelsLast(conv.weight().dimension(1), conv.window().taps()))
        : grouped;
  }

  /** The kernel. */
  public KernelType type() {
    return groups.get(0).type();
  }

  /** The outputs of all groups. */
  public int outputs() {
    return groups.size() * groups.get(0).n();
  }

  /** Bytes of the weights, as the kernel stores them. */
  public long weightBytes() {
    return groups.stream().mapToLong(weights -> weights.b().memory().limit()).sum();
  }
}
