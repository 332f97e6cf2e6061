// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.importing.SourceOperation;

/** What nodes of a graph are for where no layer stands for them. */
final class NodeRoles {
  private static final String CODES = "says what codes stand for";
  private static final String CONSTANT = "is computed at import";
  private static final String ARRANGEMENT = "only changes how values are arranged";
  private static final String VOID = "does nothing at inference";
  private static final String FOLDED = "is part of weights, biases or limits of other layers";
  private static final String INDEX = "computes the index into a table of codes";
  private static final String UNUSED = "is not needed for the output";

  private static final Map<String, String> KNOWN = known();

  private NodeRoles() {}

  private static Map<String, String> known() {
    Map<String, String> roles = new HashMap<>();
    put(roles, CODES, "QuantizeLinear DequantizeLinear Quant IntQuant BipolarQuant");
    put(roles, CONSTANT, "Constant ConstantOfShape Shape Gather Slice Cast");
    put(roles, ARRANGEMENT, "Transpose Reshape Flatten Squeeze Unsqueeze");
    put(roles, VOID, "Identity Dropout");
    return roles;
  }

  private static void put(Map<String, String> roles, String role, String operators) {
    for (String operator : operators.split(" ")) {
      roles.put(operator, role);
    }
  }

  /** The nodes of a graph, in its order. */
  static List<SourceOperation> of(GraphProto graph) {
    Set<String> needed = needed(graph);
    CodeTables tables = CodeTables.of(graph);
    List<SourceOperation> operations = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      String role =
          node.getOutputList().stream().anyMatch(needed::contains)
              ? tables.isPart(node) ? INDEX : KNOWN.getOrDefault(node.getOpType(), FOLDED)
              : UNUSED;
      operations.add(new SourceOperation(node.getOpType(), OnnxNode.name(node), role));
    }
    return operations;
  }

  /** The tensors that the outputs are made of. */
  private static Set<String> needed(GraphProto graph) {
    Set<String> needed = new HashSet<>();
    graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(needed::add);
    List<NodeProto> order = NodeOrder.of(graph);
    for (int i = order.size() - 1; i >= 0; i--) {
      if (order.get(i).getOutputList().stream().anyMatch(needed::contains)) {
        needed.addAll(order.get(i).getInputList());
      }
    }
    return needed;
  }
}
