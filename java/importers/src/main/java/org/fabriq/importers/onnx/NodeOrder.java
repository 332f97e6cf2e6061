// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of a graph, each after those that it takes from, as ONNX demands; files that do not
 * keep to it are put in order. Nodes of a cycle come last, so that they lack what they take.
 */
final class NodeOrder {
  private NodeOrder() {}

  static List<NodeProto> of(GraphProto graph) {
    List<NodeProto> nodes = graph.getNodeList();
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        makers.put(output, i);
      }
    }
    int[] waiting = new int[nodes.size()];
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(node -> readers.add(new ArrayList<>()));
    for (int i = 0; i < waiting.length; i++) {
      for (String name : nodes.get(i).getInputList()) {
        Integer maker = name.isEmpty() ? null : makers.get(name);
        if (maker != null) {
          waiting[i]++;
          readers.get(maker).add(i);
        }
      }
    }
    Deque<Integer> ready = new ArrayDeque<>();
    List<NodeProto> order = new ArrayList<>();
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    while (!ready.isEmpty()) {
      int next = ready.poll();
      order.add(nodes.get(next));
      for (int reader : readers.get(next)) {
        if (--waiting[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] > 0) {
        order.add(nodes.get(i));
      }
    }
    return order;
  }
}
