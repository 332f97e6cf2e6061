// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.io.EncodingsFile;
import org.fabriq.io.NpzFile;
import org.fabriq.quant.Codebook;
import org.fabriq.quant.CodebookTensor;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PackedCodes;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A network of dense layers with the codes of its weights and the encodings of its activations, and
 * its file form, which takes no more bits than the codes.
 *
 * <p>Two files: NAME.npz with {@code fc<i>.weight_codes} (int8, packed rows), {@code
 * fc<i>.weight_shape} (int32, N and K) and {@code fc<i>.bias} (fp32, where there is one); NAME.json
 * with the encodings {@code fc<i>.weight} (or its codebook), {@code fc<i>.input} and {@code
 * fc<i>.output} in the form of {@link EncodingsFile}. The activation function is tanh but for the
 * last layer.
 *
 * @param mlp the layers; their weights are what the codes stand for
 * @param weights one per layer
 * @param activations {@code <layer>.input} and {@code <layer>.output} (before the activation
 *     function); may be empty or incomplete
 */
public record EncodedMlp(
    Mlp mlp, List<QuantizedWeights> weights, Map<String, Encoding> activations) {
  /**
   * @throws ShapeException if weights are not as many as layers
   */
  public EncodedMlp {
    weights = List.copyOf(weights);
    activations = Map.copyOf(activations);
    checkCount(mlp, weights);
  }

  private static void checkCount(Mlp mlp, List<? extends QuantizedWeights> weights) {
    if (weights.size() != mlp.layers().size()) {
      throw new ShapeException(
          "%d weights for %d layers; give one per layer"
              .formatted(weights.size(), mlp.layers().size()));
    }
  }

  /** A network with its weights replaced by codes. */
  public static EncodedMlp of(
      Mlp mlp, List<? extends QuantizedWeights> weights, Map<String, Encoding> activations) {
    checkCount(mlp, weights);
    List<DenseLayer> layers = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      layers.add(mlp.layers().get(i).withWeight(weights.get(i).dequantize()));
    }
    return new EncodedMlp(new Mlp(layers), List.copyOf(weights), activations);
  }

  /** The codes of each layer's weights, by its name. */
  public Map<String, QuantizedWeights> weightsByLayer() {
    Map<String, QuantizedWeights> named = new LinkedHashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      named.put(mlp.layers().get(i).name(), weights.get(i));
    }
    return named;
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
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    weightsByLayer()
        .forEach(
            (name, weight) -> {
              PackedCodes codes = weight.pack();
              int[] shape = codes.shape();
              arrays.put(name + ".weight_codes", codes.bytes());
              arrays.put(name + ".weight_shape", Int32Tensor.of(shape, shape.length));
            });
    for (DenseLayer layer : mlp.layers()) {
      if (layer.bias() != null) {
        arrays.put(layer.name() + ".bias", Float32Tensor.of(layer.bias(), layer.outputs()));
      }
    }
    return arrays;
  }

  /** What the JSON says. */
  public EncodingsFile encodings() {
    Map<String, Encoding> parameters = new LinkedHashMap<>();
    Map<String, Codebook> codebooks = new LinkedHashMap<>();
    weightsByLayer()
        .forEach(
            (name, weight) -> {
              if (weight instanceof QuantizedTensor codes) {
                parameters.put(name + ".weight", codes.encoding());
              } else if (weight instanceof CodebookTensor codes) {
                codebooks.put(name + ".weight", codes.codebook());
              }
            });
    return new EncodingsFile(activations, parameters, codebooks);
  }

  /**
   * Writes both files; the same network gives the same bytes.
   *
   * @param npz NAME.npz; NAME.json is written beside it
   */
  public void write(Path npz) {
    NpzFile.write(npz, arrays());
    encodings().write(json(npz));
  }

  /**
   * Reads both files.
   *
   * @param npz NAME.npz; NAME.json is beside it
   * @throws org.fabriq.FileFormatException if one is missing or not of its format
   * @throws InvalidArgumentException if they do not belong together
   */
  public static EncodedMlp read(Path npz) {
    return of(NpzFile.read(npz), EncodingsFile.read(json(npz)));
  }

  private static Path json(Path npz) {
    String name = npz.getFileName().toString();
    if (!name.endsWith(".npz")) {
      throw new InvalidArgumentException(
          "%s does not end in .npz; name it so, its encodings go to the .json beside it"
              .formatted(npz));
    }
    return npz.resolveSibling(name.substring(0, name.length() - 4) + ".json");
  }

  /**
   * The network of what both files hold.
   *
   * @throws InvalidArgumentException if an array or an encoding is missing, or they do not fit
   */
  public static EncodedMlp of(Map<String, ? extends Tensor> arrays, EncodingsFile encodings) {
    List<QuantizedWeights> weights = new ArrayList<>();
    Map<String, Tensor> dense = new LinkedHashMap<>();
    for (int i = 1; arrays.containsKey("fc" + i + ".weight_codes"); i++) {
      QuantizedWeights weight = weight(arrays, encodings, "fc" + i + ".weight");
      weights.add(weight);
      dense.put("fc" + i + "w", weight.dequantize());
      if (arrays.containsKey("fc" + i + ".bias")) {
        dense.put("fc" + i + "b", arrays.get("fc" + i + ".bias"));
      }
    }
    return new EncodedMlp(Mlp.of(dense), weights, encodings.activations());
  }

  private static QuantizedWeights weight(
      Map<String, ? extends Tensor> arrays, EncodingsFile encodings, String name) {
    if (arrays.get(name + "_codes") instanceof Int8Tensor codes
        && arrays.get(name + "_shape") instanceof Int32Tensor shape) {
      Encoding encoding = encodings.parameters().get(name);
      if (encoding != null) {
        PackedCodes packed =
            PackedCodes.of(codes, encoding.bits(), encoding.signed(), shape.toArray());
        return new QuantizedTensor(packed.unpack(), encoding);
      }
      Codebook codebook = encodings.codebooks().get(name);
      if (codebook != null) {
        return new CodebookTensor(
            PackedCodes.of(codes, codebook.bits(), false, shape.toArray()), codebook);
      }
    }
    throw new InvalidArgumentException(
        "no complete %s; it takes %s_codes (int8), %s_shape (int32) and an encoding or a codebook"
            .formatted(name, name, name));
  }
}
