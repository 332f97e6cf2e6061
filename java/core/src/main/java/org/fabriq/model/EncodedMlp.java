// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.io.EncodingsFile;
import org.fabriq.io.ModelFile;
import org.fabriq.io.NpzFile;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.tensor.Tensor;

/**
 * A network of dense layers with codes for the weights of some or all of them, and the encodings of
 * its activations. {@link EncodedMlpFile} describes its files, which take no more bits than the
 * codes.
 *
 * @param mlp the layers; weights that have codes are what the codes stand for
 * @param weights by layer name; a layer without stays fp32
 * @param activations {@code <layer>.input} and {@code <layer>.output} (before the activation
 *     function); may be empty or incomplete
 */
public record EncodedMlp(
    Mlp mlp, Map<String, QuantizedWeights> weights, Map<String, Encoding> activations) {
  /** Copies, read-only. */
  public EncodedMlp {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    activations = Map.copyOf(activations);
  }

  /**
   * A network with the weights of its layers replaced by codes.
   *
   * @param weights one per layer, null for a layer that stays fp32
   * @throws ShapeException if they are not as many as layers
   */
  public static EncodedMlp of(
      Mlp mlp, List<? extends QuantizedWeights> weights, Map<String, Encoding> activations) {
    if (weights.size() != mlp.layers().size()) {
      throw new ShapeException(
          "%d weights for %d layers; give one per layer"
              .formatted(weights.size(), mlp.layers().size()));
    }
    List<DenseLayer> layers = new ArrayList<>();
    Map<String, QuantizedWeights> named = new LinkedHashMap<>();
    for (DenseLayer layer : mlp.layers()) {
      QuantizedWeights own = weights.get(layers.size());
      if (own != null) {
        named.put(layer.name(), own);
      }
      layers.add(own == null ? layer : layer.withWeight(own.dequantize()));
    }
    return new EncodedMlp(new Mlp(layers, mlp.activation()), named, activations);
  }

  /** The encoding of a layer's inputs ("input") or outputs ("output"). */
  public Encoding activation(DenseLayer layer, String end) {
    Encoding encoding = activations.get(layer.name() + "." + end);
    if (encoding == null) {
      throw new InvalidArgumentException(
          "no encoding %s.%s; there are %s"
              .formatted(layer.name(), end, new TreeMap<>(activations).keySet()));
    }
    return encoding;
  }

  /** The arrays of the npz. */
  public Map<String, Tensor> arrays() {
    return EncodedMlpFile.arrays(this);
  }

  /** What the JSON says. */
  public EncodingsFile encodings() {
    return EncodedMlpFile.encodings(this);
  }

  /**
   * Writes both files; the same network gives the same bytes.
   *
   * @param npz NAME.npz; NAME.json is written beside it
   */
  public void write(Path npz) {
    ModelFile.write(EncodedMlpFile.json(npz), encodings().members(), arrays());
  }

  /**
   * Reads both files.
   *
   * @param npz NAME.npz; NAME.json is beside it
   * @throws org.fabriq.FileFormatException if one is missing or not of its format
   * @throws InvalidArgumentException if they do not belong together
   */
  public static EncodedMlp read(Path npz) {
    return read(npz, null);
  }

  /**
   * Reads both files.
   *
   * @param asked what layers but the last apply, or null for what the JSON says
   * @throws org.fabriq.FileFormatException if one is missing or not of its format
   * @throws InvalidArgumentException if they do not belong together, or the JSON says another
   *     activation function, or none is known
   */
  public static EncodedMlp read(Path npz, Activation asked) {
    Path json = EncodedMlpFile.json(npz);
    return of(NpzFile.read(npz), EncodingsFile.read(json), json.toString(), asked);
  }

  /**
   * The network of what both files hold.
   *
   * @throws InvalidArgumentException if an array, an encoding or the activation function is
   *     missing, or they do not fit
   */
  public static EncodedMlp of(Map<String, ? extends Tensor> arrays, EncodingsFile encodings) {
    return of(arrays, encodings, "the model's JSON", null);
  }

  /**
   * The same where the encodings may say an activation function and their reader may ask for one.
   *
   * @param json what errors are to call the encodings
   * @param asked what layers but the last apply, or null for what the encodings say
   */
  public static EncodedMlp of(
      Map<String, ? extends Tensor> arrays,
      EncodingsFile encodings,
      String json,
      Activation asked) {
    return EncodedMlpFile.read(arrays, encodings, json, asked);
  }

  /** Whether arrays are of this form, and not of {@link Mlp}'s. */
  public static boolean isForm(Map<String, ? extends Tensor> arrays) {
    return arrays.containsKey("fc1.weight") || arrays.containsKey("fc1.weight_codes");
  }
}
