// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** ONNX models of 6 inputs and 3 outputs, node by node; each node is named after what it gives. */
final class OnnxModel {
  static final int INPUTS = 6;
  private static final int HIDDEN = 4;
  private static final int OUTPUTS = 3;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final SplittableRandom random = new SplittableRandom(3);

  private OnnxModel() {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(INPUTS))
            .build();
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    graph.addInput(
        ValueInfoProto.newBuilder()
            .setName("x")
            .setType(TypeProto.newBuilder().setTensorType(type)));
  }

  /** Gemm, Relu, Gemm. */
  static OnnxModel float32() {
    return new OnnxModel()
        .weights("w1", HIDDEN, INPUTS)
        .weights("w2", OUTPUTS, HIDDEN)
        .node("MatMul", "hidden", "x", "w1")
        .node("Relu", "relu", "hidden")
        .node("MatMul", "logits", "relu", "w2");
  }

  /** QuantizeLinear, DequantizeLinear, MatMul of int8 weights, Relu, and the codes of that. */
  static OnnxModel quantized() {
    return new OnnxModel()
        .scalar("s", 1f / 64)
        .zero("z")
        .codes("w", INPUTS, OUTPUTS)
        .node("QuantizeLinear", "xq", "x", "s", "z")
        .node("DequantizeLinear", "xd", "xq", "s", "z")
        .node("DequantizeLinear", "wd", "w", "s", "z")
        .node("MatMul", "product", "xd", "wd")
        .node("Relu", "relu", "product")
        .node("QuantizeLinear", "yq", "relu", "s", "z")
        .node("DequantizeLinear", "logits", "yq", "s", "z");
  }

  private OnnxModel weights(String name, int outputs, int inputs) {
    TensorProto.Builder tensor = tensor(name, DataType.FLOAT, inputs, outputs);
    for (int i = 0; i < outputs * inputs; i++) {
      tensor.addFloatData((float) random.nextDouble(-1, 1));
    }
    graph.addInitializer(tensor);
    return this;
  }

  private OnnxModel codes(String name, int rows, int columns) {
    byte[] codes = new byte[rows * columns];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) random.nextInt(-100, 100);
    }
    codes[0] = 127;
    ByteString raw = ByteString.copyFrom(codes);
    graph.addInitializer(tensor(name, DataType.INT8, rows, columns).setRawData(raw));
    return this;
  }

  private OnnxModel scalar(String name, float value) {
    graph.addInitializer(tensor(name, DataType.FLOAT).addFloatData(value));
    return this;
  }

  private OnnxModel zero(String name) {
    graph.addInitializer(tensor(name, DataType.INT8).addInt32Data(0));
    return this;
  }

  private static TensorProto.Builder tensor(String name, DataType type, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  /** With one node more. */
  OnnxModel node(String operator, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addOutput(output)
            .addAllInput(List.of(inputs)));
    return this;
  }

  /** With the index of the greatest value of each sample. */
  OnnxModel argmax(String output, String input) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("ArgMax")
            .setName(output)
            .addOutput(output)
            .addInput(input)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(1)));
    return this;
  }

  /** Writes the model, which gives one of its tensors. */
  Path write(Path file, String output) throws IOException {
    GraphProto.Builder whole =
        graph.clone().addOutput(ValueInfoProto.newBuilder().setName(output).build());
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setGraph(whole)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .build();
    return Files.write(file, model.toByteArray());
  }
}
