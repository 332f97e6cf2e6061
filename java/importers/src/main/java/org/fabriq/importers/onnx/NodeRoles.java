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
import org.fabriq.importers.graph.Role;
import org.fabriq.importing.SourceOperation;

/** What nodes of a graph are for where no layer stands for them. */
final class NodeRoles {
  private static final Map<String, Role> KNOWN = known();

  private NodeRoles() {}

  private static Map<String, Role> known() {
    Map<String, Role> roles = new HashMap<>();
    put(roles, Role.CODES, "QuantizeLinear DequantizeLinear Quant IntQuant BipolarQuant");
    put(roles, Role.CONSTANT, "Constant ConstantOfShape Shape Gather Slice Cast");
    put(roles, Role.ARRANGEMENT, "Transpose Reshape Flatten Squeeze Unsqueeze");
    put(roles, Role.VOID, "Identity Dropout");
    return roles;
  }

  private static void put(Map<String, Role> roles, Role role, String operators) {
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
      Role role =
          node.getOutputList().stream().anyMatch(needed::contains)
              ? tables.isPart(node) ? Role.INDEX : KNOWN.getOrDefault(node.getOpType(), Role.FOLDED)
              : Role.UNUSED;
      operations.add(new SourceOperation(node.getOpType(), OnnxNode.name(node), role.words()));
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
