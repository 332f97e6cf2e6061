// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.Arrays;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsF32I8;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.model.DenseLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;

/**
 * A dense layer made ready for one of the kernels, on no device yet: weights with their epilogue,
 * how inputs are encoded and how outputs are read back.
 *
 * @param layer the layer this computes
 * @param weights what the kernel gets
 * @param input the int8 encoding of the layer's inputs, or null where the kernel takes fp32
 * @param outputScales what one unit of the kernel's output is worth, per column, or null where it
 *     writes fp32; the same for all columns where it writes int8
 * @param outputZero the kernel's output that stands for 0
 */
public record LayerKernel(
    DenseLayer layer, MatmulWeights weights, Encoding input, float[] outputScales, int outputZero) {

  /** fp32 x fp32: not quantized. */
  public static LayerKernel f32f32(DenseLayer layer) {
    return new LayerKernel(
        layer, WeightsF32F32.ofLayer(layer.weight(), layer.bias()), null, null, 0);
  }

  /** fp32 x int8: quantized weights, fp32 activations. */
  public static LayerKernel f32i8(
      DenseLayer layer, LayerQuantization quantization, CodeSemantics semantics) {
    return new LayerKernel(
        layer, WeightsF32I8.ofLayer(quantization.weight(semantics), layer.bias()), null, null, 0);
  }

  /** int8 x int8 with the raw int32 accumulator as output, read back exactly. */
  public static LayerKernel i8i8Raw(
      DenseLayer layer, LayerQuantization quantization, CodeSemantics semantics) {
    QuantizedTensor w = quantization.weight(semantics);
    Encoding a = semantics.reading(quantization.input());
    float[] scales = new float[layer.outputs()];
    for (int n = 0; n < scales.length; n++) {
      scales[n] = a.scale(0) * w.encoding().scale(n);
    }
    return new LayerKernel(
        layer, WeightsI8I8.rawOfLayer(w, a, layer.bias()), quantization.input(), scales, 0);
  }

  /** int8 x int8 with an int8 output, requantized by the kernel with ties to even, and clamped. */
  public static LayerKernel i8i8(
      DenseLayer layer, LayerQuantization quantization, CodeSemantics semantics) {
    Encoding c = semantics.reading(quantization.output());
    float[] scales = new float[layer.outputs()];
    Arrays.fill(scales, c.scale(0));
    MatmulWeights weights =
        WeightsI8I8.ofLayer(
            quantization.weight(semantics),
            semantics.reading(quantization.input()),
            layer.bias(),
            c);
    return new LayerKernel(layer, weights, quantization.input(), scales, c.zeroPoint(0));
  }
}
