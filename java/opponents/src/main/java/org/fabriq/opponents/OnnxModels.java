// SPDX-License-Identifier: Apache-2.0
package org.fabriq.opponents;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/** ONNX models of one multiplication: input {@code a} (M x K, any M), output {@code c}. */
final class OnnxModels {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;
  private static final byte ZERO_OF_UNSIGNED = (byte) 0x80;

  private OnnxModels() {}

  /** MatMul in fp32, and Add if there is a bias. */
  static byte[] matmul(Float32Tensor b, float[] bias) {
    TensorProto.DataType type = TensorProto.DataType.FLOAT;
    GraphProto.Builder graph = graph(b, type, type).addInitializer(constant("b", type, b));
    if (bias == null) {
      graph.addNode(node("MatMul", "c", "a", "b"));
    } else {
      graph
          .addInitializer(constant("bias", type, Float32Tensor.of(bias, bias.length)))
          .addNode(node("MatMul", "product", "a", "b"))
          .addNode(node("Add", "c", "product", "bias"));
    }
    return model(graph);
  }

  /** MatMulInteger of u8 with zero point 128, and s8 or u8 with zero point 128. */
  static byte[] matmulInteger(Int8Tensor b, boolean signedB) {
    TensorProto.DataType type = signedB ? TensorProto.DataType.INT8 : TensorProto.DataType.UINT8;
    Int8Tensor codes = b;
    if (!signedB) {
      codes = Int8Tensor.allocate(b.rows(), b.columns());
      for (int i = 0; i < b.size(); i++) {
        codes.set(i, (byte) (b.get(i) ^ ZERO_OF_UNSIGNED));
      }
    }
    return model(
        integers(codes, type)
            .addInitializer(zeroPoint("zero_a", TensorProto.DataType.UINT8, ZERO_OF_UNSIGNED))
            .addInitializer(zeroPoint("zero_b", type, signedB ? 0 : ZERO_OF_UNSIGNED))
            .addNode(node("MatMulInteger", "c", "a", "b", "zero_a", "zero_b")));
  }

  /** MatMulInteger of u8 and s8, both with zero point 0. */
  static byte[] matmulIntegerNonNegative(Int8Tensor b) {
    return model(
        integers(b, TensorProto.DataType.INT8).addNode(node("MatMulInteger", "c", "a", "b")));
  }

  private static GraphProto.Builder integers(Int8Tensor b, TensorProto.DataType type) {
    return graph(b, TensorProto.DataType.UINT8, TensorProto.DataType.INT32)
        .addInitializer(constant("b", type, b));
  }

  private static GraphProto.Builder graph(
      Tensor b, TensorProto.DataType in, TensorProto.DataType out) {
    return GraphProto.newBuilder()
        .setName("product")
        .addInput(value("a", in, b.rows()))
        .addOutput(value("c", out, b.columns()));
  }

  private static byte[] model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("FabriQ")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, int columns) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("m"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static TensorProto constant(String name, TensorProto.DataType type, Tensor tensor) {
    TensorProto.Builder constant =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(tensor.memory().duplicate()));
    for (int dimension : tensor.shape()) {
      constant.addDims(dimension);
    }
    return constant.build();
  }

  private static TensorProto zeroPoint(String name, TensorProto.DataType type, int value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(type.getNumber())
        .setRawData(ByteString.copyFrom(new byte[] {(byte) value}))
        .build();
  }
}
