// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.io.ModelFile;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.LayerSink;
import org.fabriq.model.LayerType;
import org.fabriq.model.NodeJson;
import org.fabriq.tensor.Tensor;

/**
 * Writes the file form of a {@link IntegerNetwork}: NAME.json, and NAME.npz with, for each layer
 * with weights, LAYER.codes (int8: rows of packed codes, one per output), LAYER.scale (fp32) and
 * LAYER.zero (int32), one or one per output, LAYER.bias (int32) and, where it gives int8,
 * LAYER.multiplier (fp32, exact), unless its {@code rounding} is {@code tflite}; for each table
 * LAYER.table (int8, 256).
 *
 * <pre>
 *  {"kind": "integer-network", "schema": 1,
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
 * A layer without {@code output} and {@code clamp} gives int32. A layer takes the codes that the
 * one before it gives, unless {@code inputs} names others. {@link IntegerLayerType} has the words
 * of all types. A list {@code epilogue} holds layers in fp32 behind the integers, if there are any.
 */
final class IntegerNetworkWriter {
  static final int SCHEMA = 1;

  private IntegerNetworkWriter() {}

  static void write(IntegerNetwork network, Path file) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("shape", network.input().dimensions());
    input.put("codes", EncodingJson.json(network.inputCodes()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", IntegerNetwork.KIND);
    json.put("schema", SCHEMA);
    json.put("input", input);
    json.put("layers", NodeJson.write(network.graph(), IntegerLayerType::word, arrays));
    if (!network.epilogue().isEmpty()) {
      json.put(
          "epilogue", network.epilogue().stream().map(layer -> epilogue(layer, arrays)).toList());
    }
    ModelFile.write(file, json, arrays);
  }

  private static Map<String, Object> epilogue(EpilogueLayer layer, Map<String, Tensor> arrays) {
    LayerSink sink = new LayerSink(layer.name(), LayerType.word(layer), arrays);
    layer.describe(sink);
    return sink.json();
  }
}
