// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;
import org.fabriq.io.ModelFile;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/**
 * The file form of a {@link Network}: NAME.json and, for layers with parameters, NAME.npz with
 * LAYER.weight, LAYER.bias (optional), LAYER.gamma, .beta, .mean and .variance, all fp32.
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
final class NetworkFile {
  static final String KIND = "network";
  static final int SCHEMA = 1;

  private NetworkFile() {}

  static Network network(ModelFile file) {
    JsonObject json = file.json(KIND, SCHEMA);
    json.checkNames("kind", "schema", "input", "layers");
    List<Layer> layers = new ArrayList<>();
    for (JsonObject layer : json.objects("layers")) {
      try {
        layers.add(layer(layer, file));
      } catch (InvalidArgumentException e) {
        throw layer.wrong("name", "a layer within its limits (%s)".formatted(e.getMessage()));
      }
    }
    file.checkAllTaken();
    try {
      List<Integer> input = IntStream.of(json.integers("input", 0)).boxed().toList();
      return new Network(new SampleShape(input), layers);
    } catch (InvalidArgumentException e) {
      throw json.wrong("layers", "a network whose shapes chain (%s)".formatted(e.getMessage()));
    }
  }

  private static Layer layer(JsonObject json, ModelFile file) {
    String name = json.text("name");
    switch (json.text("type")) {
      case "dense":
        json.checkNames("name", "type");
        return new DenseLayer(name, weight(file, name), bias(file, name));
      case "conv2d":
        json.checkNames("name", "type", "stride", "padding", "dilation", "groups");
        Float32Tensor weight = weight(file, name);
        if (weight.rank() != 4) {
          throw json.wrong("type", "weights of outputs x channels x height x width, not " + weight);
        }
        return new Conv2dLayer(
            name,
            weight,
            bias(file, name),
            WindowJson.window(json, weight.dimension(2), weight.dimension(3)),
            json.integer("groups"));
      case "batch-norm":
        json.checkNames("name", "type", "epsilon");
        return new BatchNormLayer(
            name,
            values(file, name + ".gamma"),
            values(file, name + ".beta"),
            values(file, name + ".mean"),
            values(file, name + ".variance"),
            (float) json.number("epsilon"));
      case "max-pool":
        json.checkNames("name", "type", "kernel", "stride", "padding", "dilation");
        return new MaxPoolLayer(name, WindowJson.window(json));
      case "average-pool":
        json.checkNames("name", "type", "kernel", "stride", "padding", "dilation", "count-padding");
        return new AveragePoolLayer(name, WindowJson.window(json), json.flag("count-padding"));
      case "clip":
        json.checkNames("name", "type", "min", "max");
        return new ClipLayer(name, (float) json.number("min"), (float) json.number("max"));
      case "flatten":
        json.checkNames("name", "type");
        return new FlattenLayer(name);
      default:
        json.checkNames("name", "type");
        return new ActivationLayer(name, activation(json));
    }
  }

  private static Activation activation(JsonObject json) {
    for (Activation activation : Activation.values()) {
      if (word(activation).equals(json.text("type"))) {
        return activation;
      }
    }
    throw json.wrong("type", "a type of layer");
  }

  private static String word(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  private static Float32Tensor weight(ModelFile file, String layer) {
    return file.take(layer + ".weight", Float32Tensor.class);
  }

  private static float[] bias(ModelFile file, String layer) {
    return file.has(layer + ".bias") ? values(file, layer + ".bias") : null;
  }

  private static float[] values(ModelFile file, String array) {
    return file.take(array, Float32Tensor.class).toArray();
  }

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
      json.put("type", word(activation.activation()));
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
