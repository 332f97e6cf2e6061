// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.EncodedMlp;
import org.fabriq.model.Mlp;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedWeights;

/**
 * A model with the quantization of some or all of its layers, as plans take it. Its files are those
 * of {@link EncodedMlp}.
 *
 * @param model the layers; weights of quantized ones are what their codes stand for
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
          quantization == null ? layer : layer.withWeight(quantization.weight().dequantize()));
    }
    return new QuantizedModel(new Mlp(dense), layers);
  }

  /**
   * A network with codes.
   *
   * @throws org.fabriq.InvalidArgumentException if the activations of a layer with codes have no
   *     encodings
   */
  public static QuantizedModel of(EncodedMlp encoded) {
    List<LayerQuantization> layers = new ArrayList<>();
    for (DenseLayer layer : encoded.mlp().layers()) {
      QuantizedWeights weight = encoded.weights().get(layer.name());
      layers.add(
          weight == null
              ? null
              : new LayerQuantization(
                  weight, encoded.activation(layer, "input"), encoded.activation(layer, "output")));
    }
    return new QuantizedModel(encoded.mlp(), layers);
  }

  /**
   * Writes NAME.npz and NAME.json; the same model gives the same bytes.
   *
   * @param npz NAME.npz
   */
  public void write(Path npz) {
    List<QuantizedWeights> weights = new ArrayList<>();
    Map<String, Encoding> activations = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      LayerQuantization quantization = layers.get(i);
      String name = model.layers().get(i).name();
      weights.add(quantization == null ? null : quantization.weight());
      if (quantization != null) {
        activations.put(name + ".input", quantization.input());
        activations.put(name + ".output", quantization.output());
      }
    }
    EncodedMlp.of(model, weights, activations).write(npz);
  }

  /**
   * Reads what {@link #write} wrote, or plain fp32 weights as a model without quantized layers.
   *
   * @param asked what layers but the last apply, or null for what the file says; plain weights do
   *     not say
   * @throws org.fabriq.FileFormatException if a file is missing or of another form
   * @throws org.fabriq.InvalidArgumentException if an array or an encoding is missing, or the file
   *     says another activation function than asked for, or none is known
   */
  public static QuantizedModel read(Path npz, Activation asked) {
    if (EncodedMlp.isForm(NpzFile.read(npz))) {
      return of(EncodedMlp.read(npz, asked));
    }
    Mlp model = Mlp.fromNpz(npz, asked);
    return new QuantizedModel(model, Collections.nCopies(model.layers().size(), null));
  }
}
