// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.FabriqException;
import org.fabriq.io.ModelFile;
import org.fabriq.kernel.Int8Output;
import org.fabriq.model.WindowJson;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Writes the file form of a {@link IntegerNetwork}: NAME.json, and NAME.npz with, for each layer
 * with weights, LAYER.codes (int8: rows of packed codes, one per output), LAYER.scale (fp32) and
 * LAYER.zero (int32), one or one per output, LAYER.bias (int32) and, where it gives int8,
 * LAYER.multiplier (fp32, exact); for each table LAYER.table (int8, 256).
 *
 * <pre>
 *  {"kind": "integer-graph", "schema": 1,
 *   "input": {"shape": [1, 28, 28], "codes": ENCODING},
 *   "layers": [
 *    {"name": "conv1", "type": "conv2d", "stride": [1, 1], "padding": [1, 1, 1, 1],
 *     "dilation": [1, 1], "groups": 1, "shape": [8, 1, 3, 3],
 *     "weight": {"bits": 4, "signed": true, "narrow": false},
 *     "output": ENCODING, "clamp": [0, 127]},
 *    {"name": "pool1", "type": "max-pool", "kernel": [2, 2], "stride": [2, 2],
 *     "padding": [0, 0, 0, 0], "dilation": [1, 1]},
 *    {"name": "flat", "type": "flatten"},
 *    {"name": "tanh", "type": "table", "output": ENCODING},
 *    {"name": "fc", "type": "dense", "shape": [10, 784], "weight": {...}}]}
 *  ENCODING = {"bits": 8, "signed": true, "narrow": false, "scale": 0.0078125, "zero": 0}
 * </pre>
 *
 * A layer without {@code output} and {@code clamp} gives int32. Each layer takes the codes that the
 * one before it gives.
 */
final class IntegerNetworkWriter {
  static final String KIND = "integer-graph";
  static final int SCHEMA = 1;

  private final Map<String, Tensor> arrays = new LinkedHashMap<>();

  private IntegerNetworkWriter() {}

  static void write(IntegerNetwork network, Path file) {
    IntegerNetworkWriter writer = new IntegerNetworkWriter();
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("shape", network.input().dimensions());
    input.put("codes", EncodingJson.json(network.inputCodes()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", KIND);
    json.put("schema", SCHEMA);
    json.put("input", input);
    json.put("layers", network.layers().stream().map(writer::json).toList());
    ModelFile.write(file, json, writer.arrays);
  }

  private Map<String, Object> json(IntegerLayer layer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", layer.name());
    if (layer instanceof IntegerConv2d conv) {
      json.put("type", "conv2d");
      WindowJson.put(json, conv.window());
      json.put("groups", conv.groups());
      put(json, conv.name(), conv.weights());
    } else if (layer instanceof IntegerDense dense) {
      json.put("type", "dense");
      put(json, dense.name(), dense.weights());
    } else if (layer instanceof CodeTable table) {
      json.put("type", "table");
      json.put("output", EncodingJson.json(table.output()));
      arrays.put(table.name() + ".table", Int8Tensor.of(table.table(), 256));
    } else if (layer instanceof IntegerMaxPool pool) {
      json.put("type", "max-pool");
      WindowJson.putWithKernel(json, pool.window());
    } else if (layer instanceof IntegerAveragePool pool) {
      json.put("type", "average-pool");
      WindowJson.putWithKernel(json, pool.window());
      json.put("count-padding", pool.countPadding());
    } else if (layer instanceof IntegerFlatten) {
      json.put("type", "flatten");
    } else {
      throw new FabriqException("layer %s has no file form".formatted(layer.name()));
    }
    return json;
  }

  private void put(Map<String, Object> json, String name, IntegerWeights weights) {
    QuantizedTensor weight = weights.weight();
    Encoding encoding = weight.encoding();
    int[] bias = weights.bias();
    json.put("shape", weight.codes().shape());
    json.put("weight", EncodingJson.format(encoding));
    arrays.put(name + ".codes", weight.pack().bytes());
    arrays.put(name + ".scale", Float32Tensor.of(encoding.scales(), encoding.scales().length));
    arrays.put(name + ".zero", Int32Tensor.of(encoding.zeroPoints(), encoding.scales().length));
    arrays.put(name + ".bias", Int32Tensor.of(bias, bias.length));
    if (weights.int8().isPresent()) {
      Int8Output int8 = weights.int8().get();
      json.put("output", EncodingJson.json(weights.output().orElseThrow()));
      json.put("clamp", new int[] {int8.qmin(), int8.qmax()});
      Float32Tensor multipliers = Float32Tensor.allocate(bias.length);
      for (int n = 0; n < bias.length; n++) {
        Requantization multiplier = int8.multipliers().get(n);
        multipliers.set(n, multiplier.multiplier());
      }
      arrays.put(name + ".multiplier", multipliers);
    }
  }
}
