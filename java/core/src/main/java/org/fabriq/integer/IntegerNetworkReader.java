// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;
import org.fabriq.io.ModelFile;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.LayerSource;
import org.fabriq.model.LayerType;
import org.fabriq.model.Node;
import org.fabriq.model.NodeJson;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;

/** Reads what {@link IntegerNetworkWriter} describes. */
final class IntegerNetworkReader {
  private final ModelFile file;
  private final Map<String, Encoding> codes = new HashMap<>();

  private IntegerNetworkReader(ModelFile file) {
    this.file = file;
  }

  static IntegerNetwork network(ModelFile file) {
    return new IntegerNetworkReader(file).network();
  }

  private IntegerNetwork network() {
    JsonObject json = file.json(IntegerNetwork.KIND, IntegerNetworkWriter.SCHEMA);
    json.checkNames("kind", "schema", "input", "layers", "epilogue");
    JsonObject input = json.object("input");
    input.checkNames("shape", "codes");
    Encoding inputCodes = EncodingJson.encoding(input, "codes");
    codes.put(LayerGraph.INPUT, inputCodes);
    List<Node<IntegerLayer>> nodes = NodeJson.read(json, file, this::layer);
    List<EpilogueLayer> epilogue = new ArrayList<>();
    for (JsonObject layer :
        json.has("epilogue") ? json.objects("epilogue") : List.<JsonObject>of()) {
      epilogue.add(epilogue(new LayerSource(layer, file)));
      layer.checkAllRead();
    }
    file.checkAllTaken();
    try {
      List<Integer> shape = IntStream.of(input.integers("shape", 0)).boxed().toList();
      return new IntegerNetwork(
          new SampleShape(shape), inputCodes, new LayerGraph<>(nodes), epilogue);
    } catch (InvalidArgumentException e) {
      throw json.inconsistent(e.getMessage());
    }
  }

  private IntegerLayer layer(LayerSource source, List<String> inputs) {
    List<Encoding> taken = new ArrayList<>();
    for (String input : inputs) {
      if (!codes.containsKey(input)) {
        throw source.wrong("inputs", "%s to give int8 before it".formatted(input));
      }
      taken.add(codes.get(input));
    }
    IntegerLayer layer = IntegerLayerType.read(new IntegerLayerSource(source, taken));
    layer.outputCodes().ifPresent(encoding -> codes.put(layer.name(), encoding));
    return layer;
  }

  private static EpilogueLayer epilogue(LayerSource source) {
    Layer layer = LayerType.read(source);
    if (layer instanceof EpilogueLayer epilogue) {
      return epilogue;
    }
    throw source.wrong("type", "a type of layer that may be behind the integers");
  }
}
