// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.EncodingsFile;
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
 * The two files of an {@link EncodedMlp}: NAME.npz with the arrays, NAME.json ({@link
 * EncodingsFile}) with what codes mean.
 *
 * <pre>
 *  layer i, from 1  NAME.npz                                      NAME.json
 *  with codes       fc1.weight_codes (int8, rows of PackedCodes)  fc1.weight in param_encodings,
 *                   fc1.weight_shape (int32: N, K)                or its table in param_codebooks
 *  in fp32          fc1.weight (fp32, N x K)
 *  with a bias      fc1.bias (fp32, N)
 *  activations                                                    fc1.input, fc1.output
 *  function of all layers but the last, which has none            activation_function
 * </pre>
 */
final class EncodedMlpFile {
  private EncodedMlpFile() {}

  static Map<String, Tensor> arrays(EncodedMlp encoded) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    for (DenseLayer layer : encoded.mlp().layers()) {
      QuantizedWeights weight = encoded.weights().get(layer.name());
      if (weight == null) {
        arrays.put(layer.name() + ".weight", layer.weight());
      } else {
        PackedCodes codes = weight.pack();
        arrays.put(layer.name() + ".weight_codes", codes.bytes());
        arrays.put(layer.name() + ".weight_shape", Int32Tensor.of(codes.shape(), 2));
      }
      if (layer.bias() != null) {
        arrays.put(layer.name() + ".bias", Float32Tensor.of(layer.bias(), layer.outputs()));
      }
    }
    return arrays;
  }

  static EncodingsFile encodings(EncodedMlp encoded) {
    Map<String, Encoding> parameters = new LinkedHashMap<>();
    Map<String, Codebook> codebooks = new LinkedHashMap<>();
    encoded
        .weights()
        .forEach(
            (name, weight) -> {
              if (weight instanceof CodebookTensor tensor) {
                codebooks.put(name + ".weight", tensor.codebook());
              } else if (weight instanceof QuantizedTensor tensor) {
                parameters.put(name + ".weight", tensor.encoding());
              }
            });
    return new EncodingsFile(
        encoded.activations(), parameters, codebooks, encoded.mlp().activation().word());
  }

  /**
   * The network of both files.
   *
   * @param json what errors are to call the encodings
   * @param asked what layers but the last apply, or null for what the encodings say
   */
  static EncodedMlp read(
      Map<String, ? extends Tensor> arrays,
      EncodingsFile encodings,
      String json,
      Activation asked) {
    List<QuantizedWeights> weights = new ArrayList<>();
    Map<String, Tensor> dense = new LinkedHashMap<>();
    boolean more = true;
    for (int i = 1; more; i++) {
      String name = "fc" + i + ".weight";
      QuantizedWeights codes =
          arrays.containsKey(name + "_codes") ? weight(arrays, encodings, name) : null;
      Tensor weight = codes == null ? arrays.get(name) : codes.dequantize();
      more = weight != null;
      if (more) {
        weights.add(codes);
        dense.put("fc" + i + "w", weight);
      }
      if (more && arrays.containsKey("fc" + i + ".bias")) {
        dense.put("fc" + i + "b", arrays.get("fc" + i + ".bias"));
      }
    }
    Activation activation = activation(encodings, json, asked, weights.size());
    return EncodedMlp.of(Mlp.of(dense, activation), weights, encodings.activations());
  }

  private static Activation activation(
      EncodingsFile encodings, String json, Activation asked, int layers) {
    if (encodings.activationFunction() == null && layers < 2) {
      return Activation.NONE;
    }
    return Activation.agreed(json, stated(encodings.activationFunction(), json), asked);
  }

  private static Activation stated(String word, String json) {
    try {
      return word == null ? null : Activation.of(word);
    } catch (InvalidArgumentException e) {
      throw new InvalidArgumentException("%s: %s".formatted(json, e.getMessage()));
    }
  }

  private static QuantizedWeights weight(
      Map<String, ? extends Tensor> arrays, EncodingsFile encodings, String name) {
    Encoding encoding = encodings.parameters().get(name);
    Codebook codebook = encodings.codebooks().get(name);
    if ((encoding != null || codebook != null)
        && arrays.get(name + "_codes") instanceof Int8Tensor bytes
        && arrays.get(name + "_shape") instanceof Int32Tensor shape) {
      if (codebook != null) {
        return new CodebookTensor(
            PackedCodes.of(bytes, codebook.bits(), false, shape.toArray()), codebook);
      }
      PackedCodes codes =
          PackedCodes.of(bytes, encoding.bits(), encoding.signed(), shape.toArray());
      return new QuantizedTensor(codes.unpack(), encoding);
    }
    throw new InvalidArgumentException(
        "no complete %s; it takes %s_codes (int8), %s_shape (int32) and an encoding or a codebook"
            .formatted(name, name, name));
  }

  static Path json(Path npz) {
    String name = npz.getFileName().toString();
    if (!name.endsWith(".npz")) {
      throw new InvalidArgumentException(
          "%s does not end in .npz; name it so, its encodings go to the .json beside it"
              .formatted(npz));
    }
    return npz.resolveSibling(name.substring(0, name.length() - 4) + ".json");
  }
}
