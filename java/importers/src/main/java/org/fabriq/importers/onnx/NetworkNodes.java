// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.ArgmaxLayer;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.SoftmaxLayer;
import org.fabriq.quant.Encoding;

/**
 * The graph of an integer network, layer by layer: from fp32 to fp32, or from codes to integers.
 */
final class NetworkNodes {
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  private final IntegerNetwork network;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("fabriq");
  private final NodeWriter to;
  private final List<String> outputs = new ArrayList<>();

  private NetworkNodes(IntegerNetwork network, CodeType codes) {
    this.network = network;
    this.to = new NodeWriter(graph, codes);
  }

  /** From fp32 to int8 codes, through all layers, and to fp32 again. */
  static GraphProto ofValues(IntegerNetwork network) {
    return new NetworkNodes(network, CodeType.INT8).ofValues();
  }

  /**
   * From unsigned codes to what the integers give: such codes, or accumulators times their scale.
   */
  static GraphProto ofCodes(IntegerNetwork network) {
    return new NetworkNodes(network, CodeType.UINT8).ofCodes();
  }

  private GraphProto ofValues() {
    Encoding codes = network.inputCodes();
    String last = layers(to.codes("input/codes", INPUT, codes, codes.qmin(), codes.qmax()));
    String values = given().map(encoding -> to.values(last, encoding)).orElse(last);
    for (EpilogueLayer layer : network.epilogue()) {
      values = epilogue(layer, values);
    }
    to.node("Identity", OUTPUT, List.of(values));
    return graph
        .addInput(tensor(INPUT, DataType.FLOAT, network.input()))
        .addOutput(tensor(OUTPUT, DataType.FLOAT, network.output()))
        .build();
  }

  private GraphProto ofCodes() {
    to.node("Identity", OUTPUT, List.of(layers(INPUT)));
    DataType codes = to.codeType().element();
    DataType type = given().isPresent() ? codes : DataType.FLOAT;
    return graph
        .addInput(tensor(INPUT, codes, network.input()))
        .addOutput(tensor(OUTPUT, type, network.integers()))
        .build();
  }

  /** Adds the layers; gives the tensor of the last one. */
  private String layers(String first) {
    for (int i = 0; i < network.graph().size(); i++) {
      IntegerLayer layer = network.graph().layer(i);
      List<String> inputs = new ArrayList<>();
      for (int from : network.graph().inputs(i)) {
        inputs.add(from < 0 ? first : outputs.get(from));
      }
      outputs.add(LayerNodes.write(layer, inputs, to));
    }
    return outputs.get(outputs.size() - 1);
  }

  /** What the codes of the last layer stand for, where it gives codes. */
  private Optional<Encoding> given() {
    return network.layers().get(network.layers().size() - 1).outputCodes();
  }

  private String epilogue(EpilogueLayer layer, String values) {
    if (layer instanceof SoftmaxLayer softmax) {
      return to.node(
          softmax.logarithm() ? "LogSoftmax" : "Softmax",
          layer.name(),
          List.of(values),
          NodeWriter.integer("axis", 1));
    }
    if (layer instanceof ArgmaxLayer) {
      String index =
          to.node("ArgMax", layer.name(), List.of(values), NodeWriter.integer("axis", 1));
      return to.node(
          "Cast",
          layer.name() + "/values",
          List.of(index),
          NodeWriter.integer("to", DataType.FLOAT.getNumber()));
    }
    throw new IllegalStateException(layer.getClass() + " has no nodes");
  }

  private static ValueInfoProto tensor(String name, DataType element, SampleShape shape) {
    TensorShapeProto.Builder dimensions =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
    int[] sizes = shape.tensorShape(1);
    for (int axis = 1; axis < sizes.length; axis++) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(sizes[axis]));
    }
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(element.getNumber()).setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
