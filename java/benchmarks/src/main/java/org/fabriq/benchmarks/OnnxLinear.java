// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.Map;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Tensor;

/**
 * ONNX Runtime's QuantizeLinear or DequantizeLinear between two tensors, on one thread, from memory
 * to memory: nothing is copied.
 */
final class OnnxLinear implements AutoCloseable {
  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;

  private final OrtSession session;
  private final OnnxTensor in;
  private final OnnxTensor out;

  /**
   * Prepares.
   *
   * @param from fp32 to quantize, int8 to dequantize
   * @param to of the other type, overwritten by each run
   * @param encoding int8, per tensor
   */
  OnnxLinear(Tensor from, Tensor to, Encoding encoding) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model(from, to, encoding).toByteArray(), options);
      in = tensor(environment, from);
      out = tensor(environment, to);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  static String version() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
  }

  void run() {
    try {
      session.run(Map.of("x", in), Map.of("y", out)).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
      in.close();
      out.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, Tensor tensor) throws OrtException {
    ByteBuffer memory = tensor.memory().duplicate().order(tensor.memory().order());
    OnnxJavaType type = tensor.type() == DataType.FLOAT32 ? OnnxJavaType.FLOAT : OnnxJavaType.INT8;
    return OnnxTensor.createTensor(environment, memory, new long[] {tensor.size()}, type);
  }

  private static ModelProto model(Tensor from, Tensor to, Encoding encoding) {
    boolean quantize = from.type() == DataType.FLOAT32;
    NodeProto node =
        NodeProto.newBuilder()
            .setOpType(quantize ? "QuantizeLinear" : "DequantizeLinear")
            .addInput("x")
            .addInput("scale")
            .addInput("zero")
            .addOutput("y")
            .build();
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("linear")
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("scale")
                    .setDataType(TensorProto.DataType.FLOAT.getNumber())
                    .addFloatData(encoding.scale(0)))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("zero")
                    .setDataType(TensorProto.DataType.INT8.getNumber())
                    .addInt32Data(encoding.zeroPoint(0)))
            .addInput(value("x", from))
            .addOutput(value("y", to))
            .addNode(node)
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  private static ValueInfoProto value(String name, Tensor tensor) {
    TensorProto.DataType type =
        tensor.type() == DataType.FLOAT32 ? TensorProto.DataType.FLOAT : TensorProto.DataType.INT8;
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber())))
        .build();
  }
}
