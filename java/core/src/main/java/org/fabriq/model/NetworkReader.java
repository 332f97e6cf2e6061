// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;
import org.fabriq.io.ModelFile;
import org.fabriq.tensor.Float32Tensor;

/** Reads what {@link NetworkWriter} describes. */
final class NetworkReader {
  private NetworkReader() {}

  static Network network(ModelFile file) {
    JsonObject json = file.json(NetworkWriter.KIND, NetworkWriter.SCHEMA);
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
    try {
      return Activation.of(json.text("type"));
    } catch (InvalidArgumentException e) {
      throw json.wrong("type", "a type of layer");
    }
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
}
