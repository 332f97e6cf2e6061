// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.EncodingsFile;
import org.fabriq.io.JsonObject;
import org.fabriq.io.ModelFile;
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
 * The two files of a {@link QuantizedNetwork}. NAME.json is one of encodings ({@link
 * EncodingsFile}), so that AIMET reads it, with the members of a network ({@link NetworkWriter})
 * beside them:
 *
 * <pre>
 *  {"kind": "quantized-network", "schema": 1, "input": [784], "layers": [...],
 *   "version": "0.6.1", "activation_encodings": {"input": [...], "fc1": [...]},
 *   "param_encodings": {"fc1.weight": [...]}, "fabriq": {...}}
 * </pre>
 *
 * NAME.npz holds the arrays of the network, but for weights with codes LAYER.weight_codes (int8,
 * rows of {@link PackedCodes}) and LAYER.weight_shape (int32) instead of LAYER.weight.
 */
final class QuantizedNetworkFile {
  private static final int SCHEMA = 1;
  private static final String CODES = ".weight_codes";
  private static final String SHAPE = ".weight_shape";

  private QuantizedNetworkFile() {}

  static void write(QuantizedNetwork quantized, Path file) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", QuantizedNetwork.KIND);
    json.put("schema", SCHEMA);
    NetworkWriter.put(quantized.network(), json, arrays);
    Map<String, Encoding> parameters = new LinkedHashMap<>();
    Map<String, Codebook> codebooks = new LinkedHashMap<>();
    quantized
        .weights()
        .forEach(
            (name, weights) -> {
              if (weights instanceof CodebookTensor tensor) {
                codebooks.put(name + ".weight", tensor.codebook());
              } else if (weights instanceof QuantizedTensor tensor) {
                parameters.put(name + ".weight", tensor.encoding());
              }
              PackedCodes codes = weights.pack();
              arrays.remove(name + ".weight");
              arrays.put(name + CODES, codes.bytes());
              arrays.put(name + SHAPE, Int32Tensor.of(codes.shape(), codes.shape().length));
            });
    json.putAll(new EncodingsFile(quantized.encodings(), parameters, codebooks, null).members());
    ModelFile.write(file, json, arrays);
  }

  static QuantizedNetwork read(ModelFile file) {
    JsonObject json = file.json(QuantizedNetwork.KIND, SCHEMA);
    EncodingsFile encodings = file.encodings();
    Map<String, QuantizedWeights> weights = new HashMap<>();
    for (String array : List.copyOf(file.tensors().keySet())) {
      if (array.endsWith(CODES)) {
        String layer = array.substring(0, array.length() - CODES.length());
        QuantizedWeights codes = codes(file, json, encodings, layer);
        weights.put(layer, codes);
        file.put(layer + ".weight", codes.dequantize());
      }
    }
    return new QuantizedNetwork(
        NetworkReader.network(json, file), weights, encodings.activations());
  }

  private static QuantizedWeights codes(
      ModelFile file, JsonObject json, EncodingsFile encodings, String layer) {
    Int8Tensor bytes = file.take(layer + CODES, Int8Tensor.class);
    int[] shape = file.take(layer + SHAPE, Int32Tensor.class).toArray();
    Encoding encoding = encodings.parameters().get(layer + ".weight");
    Codebook codebook = encodings.codebooks().get(layer + ".weight");
    try {
      if (codebook != null) {
        return new CodebookTensor(PackedCodes.of(bytes, codebook.bits(), false, shape), codebook);
      }
      if (encoding != null) {
        PackedCodes codes = PackedCodes.of(bytes, encoding.bits(), encoding.signed(), shape);
        return new QuantizedTensor(codes.unpack(), encoding);
      }
    } catch (InvalidArgumentException e) {
      throw json.wrong("param_encodings", "codes of %s (%s)".formatted(layer, e.getMessage()));
    }
    throw json.wrong("param_encodings", "an encoding or a codebook of %s.weight".formatted(layer));
  }
}
