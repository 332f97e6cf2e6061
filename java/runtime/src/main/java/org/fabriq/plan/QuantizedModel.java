// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.fabriq.io.NpzFile;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.EncodedMlp;
import org.fabriq.model.Mlp;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A model with the quantization of some or all of its layers, and its file: an npz. Layer i (from
 * 1) has {@code fc<i>w}, fp32 or int8 codes, N x K, and {@code fc<i>b} where it has a bias. A
 * quantized one also has the encodings of its weights, inputs and outputs: {@code fc<i>w_scale},
 * {@code fc<i>x_scale}, {@code fc<i>y_scale} (fp32, one or N values), the same with {@code _zero}
 * (int32), and with {@code _format} (int32: bits, signed, narrow).
 *
 * @param model the layers; weights of quantized ones are their codes read back as fp32
 * @param layers one per layer, null where it is not quantized
 */
public record QuantizedModel(Mlp model, List<LayerQuantization> layers) {

  /** Quantized layers' weights replaced by what their codes stand for. */
  public static QuantizedModel of(Mlp model, List<LayerQuantization> layers) {
    List<DenseLayer> dense = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      DenseLayer layer = model.layers().get(i);
      LayerQuantization quantization = layers.get(i);
      dense.add(
          quantization == null
              ? layer
              : new DenseLayer(
                  layer.name(),
                  quantization.weight().encoding().dequantize(quantization.weight().codes()),
                  layer.bias(),
                  layer.activation()));
    }
    return new QuantizedModel(new Mlp(dense), layers);
  }

  /**
   * A network whose weights are codes, with all its encodings. Codebooks are rounded to 8 bits for
   * kernels of int8 weights; the model's fp32 weights stay what their codes stand for.
   */
  public static QuantizedModel of(EncodedMlp encoded) {
    List<LayerQuantization> layers = new ArrayList<>();
    for (int i = 0; i < encoded.weights().size(); i++) {
      DenseLayer layer = encoded.mlp().layers().get(i);
      layers.add(
          new LayerQuantization(
              encoded.weights().get(i).integers(),
              encoded.activation(layer, "input"),
              encoded.activation(layer, "output")));
    }
    return new QuantizedModel(encoded.mlp(), layers);
  }

  /** Writes the file; the same model gives the same bytes. */
  public void write(Path file) {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      String name = "fc" + (i + 1);
      DenseLayer layer = model.layers().get(i);
      LayerQuantization quantization = layers.get(i);
      if (quantization == null) {
        entries.put(name + "w", layer.weight());
      } else {
        entries.put(name + "w", quantization.weight().codes());
        put(entries, name + "w", quantization.weight().encoding());
        put(entries, name + "x", quantization.input());
        put(entries, name + "y", quantization.output());
      }
      if (layer.bias() != null) {
        entries.put(name + "b", Float32Tensor.of(layer.bias(), layer.bias().length));
      }
    }
    NpzFile.write(file, entries);
  }

  /**
   * Reads a file of this form, or plain fp32 weights as a model without quantized layers.
   *
   * @throws FileFormatException if an entry is missing or of another type or shape
   */
  public static QuantizedModel read(Path file) {
    Map<String, Tensor> entries = NpzFile.read(file);
    Map<String, Tensor> dense = new LinkedHashMap<>(entries);
    List<LayerQuantization> layers = new ArrayList<>();
    for (int i = 1; entries.containsKey("fc" + i + "w"); i++) {
      String name = "fc" + i;
      if (entries.get(name + "w") instanceof Int8Tensor codes) {
        QuantizedTensor weight = new QuantizedTensor(codes, encoding(file, entries, name + "w"));
        layers.add(
            new LayerQuantization(
                weight, encoding(file, entries, name + "x"), encoding(file, entries, name + "y")));
        dense.put(name + "w", weight.encoding().dequantize(codes));
      } else {
        layers.add(null);
      }
    }
    dense.keySet().removeIf(key -> key.contains("_"));
    return new QuantizedModel(Mlp.of(dense), layers);
  }

  private static void put(Map<String, Tensor> entries, String name, Encoding encoding) {
    int channels = encoding.scales().length;
    entries.put(name + "_scale", Float32Tensor.of(encoding.scales(), channels));
    entries.put(name + "_zero", Int32Tensor.of(encoding.zeroPoints(), channels));
    int[] format = {encoding.bits(), encoding.signed() ? 1 : 0, encoding.narrow() ? 1 : 0};
    entries.put(name + "_format", Int32Tensor.of(format, format.length));
  }

  private static Encoding encoding(Path file, Map<String, Tensor> entries, String name) {
    if (entries.get(name + "_scale") instanceof Float32Tensor scale
        && entries.get(name + "_zero") instanceof Int32Tensor zero
        && entries.get(name + "_format") instanceof Int32Tensor format
        && format.size() == 3) {
      return new Encoding(
          format.get(0), format.get(1) != 0, format.get(2) != 0, scale.toArray(), zero.toArray());
    }
    throw new FileFormatException(
        file.toString(),
        "encoding of %s".formatted(name),
        "no complete description",
        "%s_scale (float32), %s_zero (int32), %s_format (int32[3])".formatted(name, name, name),
        "write the file with 'fabriq quantize'");
  }
}
