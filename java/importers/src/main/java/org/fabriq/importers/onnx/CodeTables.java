// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the tables of codes that {@link LayerNodes} writes: Gather of 256 int8, indexed by Add of a
 * constant to Cast of codes. What the codes that they give stand for is not in these nodes; it is
 * taken from the DequantizeLinear that reads them, directly or behind what moves codes.
 */
final class CodeTables {
  /** The domain of the node that stands for the three. */
  static final String DOMAIN = "org.fabriq";

  private static final int SIZE = 256;
  private static final Set<String> MOVING =
      Set.of("MaxPool", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Pad", "Concat");

  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Set<String> indices = new HashSet<>();
  private final List<NodeProto> nodes = new ArrayList<>();

  private CodeTables() {}

  static CodeTables of(GraphProto graph) {
    CodeTables tables = new CodeTables();
    graph.getInitializerList().forEach(tensor -> tables.initializers.put(tensor.getName(), tensor));
    List<NodeProto> order = NodeOrder.of(graph);
    for (NodeProto node : order) {
      node.getOutputList().forEach(name -> tables.makers.put(name, node));
      node.getInputList()
          .forEach(name -> tables.readers.computeIfAbsent(name, k -> new ArrayList<>()).add(node));
    }
    order.forEach(node -> tables.nodes.add(tables.joined(node)));
    tables.nodes.removeIf(tables::isPart);
    return tables;
  }

  /** The nodes in order, with one of {@link #DOMAIN} for the three of each table. */
  List<NodeProto> nodes() {
    return nodes;
  }

  /** Whether a node only computes an index into a table. */
  boolean isPart(NodeProto node) {
    return node.getOutputList().stream().anyMatch(indices::contains);
  }

  /** The node itself, or if it ends a table: of codes, first, table, scale and zero point. */
  private NodeProto joined(NodeProto gather) {
    if (!is(gather, "Gather") || gather.getInputCount() != 2 || !isTable(gather.getInput(0))) {
      return gather;
    }
    NodeProto add = makerOf(gather.getInput(1), "Add", 2);
    for (int i = 0; add != null && i < 2; i++) {
      NodeProto cast = makerOf(add.getInput(i), "Cast", 1);
      if (cast != null && initializers.containsKey(add.getInput(1 - i))) {
        indices.add(add.getOutput(0));
        indices.add(cast.getOutput(0));
        return gather.toBuilder()
            .setDomain(DOMAIN)
            .clearInput()
            .addInput(cast.getInput(0))
            .addInput(add.getInput(1 - i))
            .addInput(gather.getInput(0))
            .addAllInput(meaning(gather.getOutput(0)))
            .build();
      }
    }
    return gather;
  }

  private boolean isTable(String name) {
    TensorProto tensor = initializers.get(name);
    return tensor != null
        && tensor.getDataType() == TensorProto.DataType.INT8_VALUE
        && tensor.getDimsCount() == 1
        && tensor.getDims(0) == SIZE;
  }

  private static boolean is(NodeProto node, String operator) {
    return node.getDomain().isEmpty()
        && node.getOpType().equals(operator)
        && node.getOutputCount() == 1;
  }

  /** What gives a tensor that nothing else takes; null if it is another operator. */
  private NodeProto makerOf(String name, String operator, int inputs) {
    NodeProto maker = makers.get(name);
    return maker != null
            && is(maker, operator)
            && maker.getInputCount() == inputs
            && readers.get(name).size() == 1
        ? maker
        : null;
  }

  /** The scale and zero point by which codes are read; none if nothing reads them so. */
  private List<String> meaning(String codes) {
    Deque<String> open = new ArrayDeque<>(List.of(codes));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      String name = open.poll();
      for (NodeProto reader : readers.getOrDefault(name, List.of())) {
        if (is(reader, "DequantizeLinear")
            && reader.getInput(0).equals(name)
            && reader.getInputCount() == 3
            && reader.getInputList().stream().skip(1).allMatch(initializers::containsKey)) {
          return reader.getInputList().subList(1, 3);
        }
        if (MOVING.stream().anyMatch(operator -> is(reader, operator))
            && seen.add(reader.getOutput(0))) {
          open.add(reader.getOutput(0));
        }
      }
    }
    return List.of();
  }
}
