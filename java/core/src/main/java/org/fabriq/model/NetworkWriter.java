// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.FabriqException;
import org.fabriq.io.ModelFile;
import org.fabriq.tensor.Float32Tensor;
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
 *    {"name": "fc", "type": "dense"}]}
 * </pre>
 *
 * Padding is top, left, bottom, right; everything else height, width. Further types: {@code
 * average-pool}, as max-pool with a member {@code count-padding}; {@code clip} with {@code min} and
 * {@code max}; {@code none}, {@code tanh}, {@code sigmoid}.
 */
final class NetworkWriter {
  static final String KIND = "network";
  static final int SCHEMA = 1;

  private NetworkWriter() {}

  static void write(Network network, Path file) {
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    json.put("kind", KIND);
    json.put("schema", SCHEMA);
    json.put("input", network.input().dimensions());
    json.put("layers", network.layers().stream().map(layer -> json(layer, arrays)).toList());
    ModelFile.write(file, json, arrays);
  }

  private static Map<String, Object> json(Layer layer, Map<String, Tensor> arrays) {
    Map<String, Object> json = new LinkedHashMap<>();
    String name = layer.name();
    json.put("name", name);
    if (layer instanceof WeightedLayer weighted) {
      arrays.put(name + ".weight", weighted.weight());
      put(arrays, name + ".bias", weighted.bias());
    }
    if (layer instanceof DenseLayer) {
      json.put("type", "dense");
    } else if (layer instanceof Conv2dLayer conv) {
      json.put("type", "conv2d");
      WindowJson.put(json, conv.window());
      json.put("groups", conv.groups());
    } else if (layer instanceof BatchNormLayer norm) {
      json.put("type", "batch-norm");
      json.put("epsilon", (double) norm.epsilon());
      put(arrays, name + ".gamma", norm.gamma());
      put(arrays, name + ".beta", norm.beta());
      put(arrays, name + ".mean", norm.mean());
      put(arrays, name + ".variance", norm.variance());
    } else if (layer instanceof MaxPoolLayer pool) {
      json.put("type", "max-pool");
      WindowJson.putWithKernel(json, pool.window());
    } else if (layer instanceof AveragePoolLayer pool) {
      json.put("type", "average-pool");
      WindowJson.putWithKernel(json, pool.window());
      json.put("count-padding", pool.countPadding());
    } else if (layer instanceof ClipLayer clip) {
      json.put("type", "clip");
      json.put("min", (double) clip.min());
      json.put("max", (double) clip.max());
    } else if (layer instanceof FlattenLayer) {
      json.put("type", "flatten");
    } else if (layer instanceof ActivationLayer activation) {
      json.put("type", activation.activation().word());
    } else {
      throw new FabriqException("layer %s has no file form".formatted(name));
    }
    return json;
  }

  private static void put(Map<String, Tensor> arrays, String name, float[] values) {
    if (values != null) {
      arrays.put(name, Float32Tensor.of(values, values.length));
    }
  }
}
