// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX model in the making (IR version 8, operators of set 13), of values whose first dimension,
 * M, is free. For use by one thread.
 */
public final class OnnxGraph {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("fabriq");

  /**
   * Adds an input.
   *
   * @param dimensions those after M
   */
  public OnnxGraph input(String name, DataType type, int... dimensions) {
    graph.addInput(value(name, type, dimensions));
    return this;
  }

  /**
   * Adds an output.
   *
   * @param dimensions those after M
   */
  public OnnxGraph output(String name, DataType type, int... dimensions) {
    graph.addOutput(value(name, type, dimensions));
    return this;
  }

  /**
   * Adds a constant.
   *
   * @param values dense, row-major, little-endian; copied
   * @param shape its dimensions; none for a scalar
   */
  public OnnxGraph constant(String name, DataType type, ByteBuffer values, int... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(values.duplicate()));
    for (int dimension : shape) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    return this;
  }

  /** Adds a constant of fp32 values, as {@link #constant(String, DataType, ByteBuffer, int...)}. */
  public OnnxGraph constant(String name, float[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(name, DataType.FLOAT, bytes, shape);
  }

  /** Adds a constant of one byte: a zero point. */
  public OnnxGraph zeroPoint(String name, DataType type, int value) {
    return constant(name, type, ByteBuffer.wrap(new byte[] {(byte) value}));
  }

  /** Adds an operator with one output. */
  public OnnxGraph node(String operator, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addAllInput(List.of(inputs))
            .addOutput(output));
    return this;
  }

  /** The model's file. */
  public byte[] model() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("FabriQ")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, DataType type, int... dimensions) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("m"));
    for (int dimension : dimensions) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
