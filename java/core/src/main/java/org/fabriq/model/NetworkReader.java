// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;
import org.fabriq.io.ModelFile;

/** Reads what {@link NetworkWriter} describes. */
final class NetworkReader {
  private NetworkReader() {}

  static Network network(ModelFile file) {
    JsonObject json = file.json(Network.KIND, NetworkWriter.SCHEMA);
    json.checkNames("kind", "schema", "input", "layers");
    return network(json, file);
  }

  /** Reads the members {@code input} and {@code layers}, and all arrays. */
  static Network network(JsonObject json, ModelFile file) {
    List<Node<Layer>> nodes = NodeJson.read(json, file, (source, inputs) -> LayerType.read(source));
    file.checkAllTaken();
    try {
      List<Integer> input = IntStream.of(json.integers("input", 0)).boxed().toList();
      return new Network(new SampleShape(input), new LayerGraph<>(nodes));
    } catch (InvalidArgumentException e) {
      throw json.inconsistent(e.getMessage());
    }
  }
}
