// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.EncodingsFile;
import org.fabriq.quant.Codebook;
import org.fabriq.quant.CodebookTensor;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PackedCodes;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Quantized networks of dense layers in the form of AIMET's encodings, and of FabriQ before its
 * files said what layers there are: NAME.npz with the arrays, NAME.json ({@link EncodingsFile})
 * with what codes mean. {@link QuantizedNetwork#write} writes a form for any layers.
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
public final class DenseEncodings {
  private DenseEncodings() {}

  /** Whether arrays are of this form. */
  public static boolean isForm(Map<String, ? extends Tensor> arrays) {
    return arrays.containsKey("fc1.weight") || arrays.containsKey("fc1.weight_codes");
  }

  /**
   * The network of what both files hold. Encodings of inputs become those of the tensors that the
   * layers take.
   *
   * @param json what errors are to call the encodings
   * @param asked what layers but the last apply, or null for what the encodings say
   * @throws InvalidArgumentException if an array, an encoding or the activation function is
   *     missing, they do not fit, or the encodings say another activation function than asked for
   */
  public static QuantizedNetwork network(
      Map<String, ? extends Tensor> arrays,
      EncodingsFile encodings,
      String json,
      Activation asked) {
    Map<String, QuantizedWeights> codes = new HashMap<>();
    Map<String, Tensor> dense = new LinkedHashMap<>();
    int layers = 0;
    for (int i = 1; layers == i - 1; i++) {
      String name = "fc" + i + ".weight";
      Tensor weight = arrays.get(name);
      if (arrays.containsKey(name + "_codes")) {
        QuantizedWeights own = weight(arrays, encodings, name);
        codes.put("fc" + i, own);
        weight = own.dequantize();
      }
      if (weight != null) {
        layers = i;
        dense.put("fc" + i + "w", weight);
        Tensor bias = arrays.get("fc" + i + ".bias");
        if (bias != null) {
          dense.put("fc" + i + "b", bias);
        }
      }
    }
    Network network = DenseNpz.network(dense, json, activation(encodings, json, asked, layers));
    Map<String, Encoding> tensors = new HashMap<>();
    encodings
        .activations()
        .forEach((name, encoding) -> tensors.put(tensor(network, name), encoding));
    return QuantizedNetwork.of(network, codes, tensors);
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

  /** The tensor that LAYER.input or LAYER.output is; one that has two encodings keeps both. */
  private static String tensor(Network network, String name) {
    String layer = name.replaceFirst("\\.(input|output)$", "");
    if (!network.graph().has(layer)) {
      return name;
    }
    if (name.endsWith(".output")) {
      return layer;
    }
    String taken = network.graph().nodes().get(network.index(layer)).inputs().get(0);
    return network.weightedLayers().contains(taken) ? name : taken;
  }
}
