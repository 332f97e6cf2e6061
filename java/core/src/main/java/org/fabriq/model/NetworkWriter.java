// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.io.ModelFile;
import org.fabriq.tensor.Tensor;

/**
 * Writes the file form of a {@link Network}: NAME.json and, for layers with parameters, NAME.npz
 * with LAYER.weight, LAYER.bias (optional), LAYER.gamma, .beta, .mean and .variance, all fp32.
 *
 * <pre>
 *  {"kind": "network", "schema": 1, "input": [1, 28, 28], "layers": [
 *    {"name": "conv1", "type": "conv2d", "stride": [1, 1], "padding": [1, 1, 1, 1],
 *     "dilation": [1, 1], "groups": 1},
 *    {"name": "bn1", "type": "batch-norm", "epsilon": 1e-5},
 *    {"name": "relu1", "type": "relu"},
 *    {"name": "pool1", "type": "max-pool", "kernel": [2, 2], "stride": [2, 2],
 *     "padding": [0, 0, 0, 0], "dilation": [1, 1]},
 *    {"name": "flat", "type": "flatten"},
 *    {"name": "fc", "type": "dense"},
 *    {"name": "sum", "type": "add", "inputs": ["fc", "flat"]}]}
 * </pre>
 *
 * A layer takes what the one before it gives (the first one the network's input), unless {@code
 * inputs} names other layers, or {@code input}. Padding is top, left, bottom, right; everything
 * else height, width. {@link LayerType} has the words of all types; what each adds is described by
 * its class.
 */
final class NetworkWriter {
  static final int SCHEMA = 1;

  private NetworkWriter() {}

  static void write(Network network, Path file) {
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    json.put("kind", Network.KIND);
    json.put("schema", SCHEMA);
    put(network, json, arrays);
    ModelFile.write(file, json, arrays);
  }

  /** Adds the members {@code input} and {@code layers}, and the arrays. */
  static void put(Network network, Map<String, Object> json, Map<String, Tensor> arrays) {
    json.put("input", network.input().dimensions());
    json.put("layers", NodeJson.write(network.graph(), LayerType::word, arrays));
  }
}
