// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.SplittableRandom;

/** Changes a model in one place so that it stays a message, but may be no model. */
final class ModelMutation {
  private static final long[] NUMBERS = {
    0, 1, -1, 2, 3, 7, 100, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, 1L << 40
  };

  private final SplittableRandom random;
  private final GraphProto.Builder graph;

  private ModelMutation(GraphProto graph, SplittableRandom random) {
    this.graph = graph.toBuilder();
    this.random = random;
  }

  static ModelProto of(ModelProto model, SplittableRandom random) {
    ModelMutation mutation = new ModelMutation(model.getGraph(), random);
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      mutation.change();
    }
    return model.toBuilder().setGraph(mutation.graph).build();
  }

  private long number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private void change() {
    int node = random.nextInt(graph.getNodeCount());
    switch (random.nextInt(7)) {
      case 0 -> graph.setNode(node, operator(graph.getNode(node)));
      case 1 -> graph.setNode(node, inputs(graph.getNode(node)));
      case 2 -> graph.setNode(node, attribute(graph.getNode(node)));
      case 3 -> graph.removeNode(node);
      case 4 -> initializer(random.nextInt(graph.getInitializerCount()));
      case 5 ->
          graph
              .getInputBuilder(0)
              .getTypeBuilder()
              .getTensorTypeBuilder()
              .getShapeBuilder()
              .getDimBuilder(random.nextInt(4))
              .setDimValue(number());
      default -> graph.setOutput(0, graph.getOutput(0).toBuilder().setName(anyName()));
    }
  }

  private NodeProto operator(NodeProto node) {
    List<String> operators = List.copyOf(Operators.ONNX.keySet());
    return node.toBuilder().setOpType(operators.get(random.nextInt(operators.size()))).build();
  }

  private String anyName() {
    NodeProto node = graph.getNode(random.nextInt(graph.getNodeCount()));
    return random.nextBoolean()
        ? node.getOutput(0)
        : graph.getInitializer(random.nextInt(graph.getInitializerCount())).getName();
  }

  private NodeProto inputs(NodeProto node) {
    NodeProto.Builder builder = node.toBuilder();
    if (node.getInputCount() > 0 && random.nextBoolean()) {
      builder.setInput(random.nextInt(node.getInputCount()), anyName());
    } else if (random.nextBoolean()) {
      builder.addInput(anyName());
    } else {
      builder.clearInput();
    }
    return builder.build();
  }

  private NodeProto attribute(NodeProto node) {
    String[] names = {
      "axis", "pads", "strides", "kernel_shape", "dilations", "group", "perm", "ceil_mode", "axes"
    };
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(names[random.nextInt(names.length)]).setI(number());
    for (int i = random.nextInt(6); i > 0; i--) {
      attribute.addInts(number());
    }
    return node.toBuilder().addAttribute(attribute).build();
  }

  private void initializer(int i) {
    TensorProto.Builder tensor = graph.getInitializer(i).toBuilder();
    switch (random.nextInt(4)) {
      case 0 -> tensor.setDataType(random.nextInt(28));
      case 1 -> tensor.addDims(number());
      case 2 -> tensor.setRawData(ByteString.copyFrom(new byte[random.nextInt(9)]));
      default -> {
        if (tensor.getDimsCount() > 0) {
          tensor.setDims(random.nextInt(tensor.getDimsCount()), number());
        }
      }
    }
    graph.setInitializer(i, tensor);
  }
}
