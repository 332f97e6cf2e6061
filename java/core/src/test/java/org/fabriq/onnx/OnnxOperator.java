// SPDX-License-Identifier: Apache-2.0
package org.fabriq.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs single operators in ONNX Runtime, without its graph optimizations. */
final class OnnxOperator {
  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;

  private final String name;
  private final List<AttributeProto> attributes = new ArrayList<>();

  OnnxOperator(String name) {
    this.name = name;
  }

  /** With an attribute of one integer. */
  OnnxOperator with(String attribute, long value) {
    attributes.add(
        AttributeProto.newBuilder()
            .setName(attribute)
            .setType(AttributeProto.AttributeType.INT)
            .setI(value)
            .build());
    return this;
  }

  /** With an attribute of several integers. */
  OnnxOperator withAll(String attribute, long... values) {
    AttributeProto.Builder builder =
        AttributeProto.newBuilder().setName(attribute).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      builder.addInts(value);
    }
    attributes.add(builder.build());
    return this;
  }

  /**
   * Runs it.
   *
   * @param results the types of what it gives
   * @param operands in order; null leaves an optional one out
   */
  List<OnnxArray> run(List<OnnxJavaType> results, OnnxArray... operands) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      for (int i = 0; i < operands.length; i++) {
        if (operands[i] != null) {
          inputs.put("x" + i, tensor(environment, operands[i]));
        }
      }
      byte[] model = model(results, operands).toByteArray();
      try (OrtSession session = environment.createSession(model, options);
          OrtSession.Result result = session.run(inputs)) {
        List<OnnxArray> arrays = new ArrayList<>();
        for (Map.Entry<String, OnnxValue> named : result) {
          arrays.add(array((OnnxTensor) named.getValue()));
        }
        return arrays;
      }
    } catch (OrtException e) {
      throw new IllegalStateException(name, e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, OnnxArray array)
      throws OrtException {
    ByteBuffer bytes = array.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind();
    return OnnxTensor.createTensor(environment, bytes, array.shape(), array.type());
  }

  private static OnnxArray array(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    ByteBuffer source = tensor.getByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer copy = ByteBuffer.allocateDirect(source.remaining());
    copy.order(ByteOrder.LITTLE_ENDIAN).put(source).flip();
    return new OnnxArray(info.type, info.getShape(), copy);
  }

  private ModelProto model(List<OnnxJavaType> results, OnnxArray... operands) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setName("node").setOpType(name).addAllAttribute(attributes);
    GraphProto.Builder graph = GraphProto.newBuilder().setName("graph");
    for (int i = 0; i < operands.length; i++) {
      node.addInput(operands[i] == null ? "" : "x" + i);
      if (operands[i] != null) {
        graph.addInput(value("x" + i, operands[i].type(), operands[i].shape()));
      }
    }
    for (int i = 0; i < results.size(); i++) {
      node.addOutput("y" + i);
      graph.addOutput(value("y" + i, results.get(i), null));
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph.addNode(node))
        .build();
  }

  private static ValueInfoProto value(String name, OnnxJavaType type, long[] shape) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(elementType(type).getNumber());
    if (shape != null) {
      TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
      for (long dimension : shape) {
        dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
      }
      tensor.setShape(dimensions);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static TensorProto.DataType elementType(OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> TensorProto.DataType.FLOAT;
      case INT8 -> TensorProto.DataType.INT8;
      case UINT8 -> TensorProto.DataType.UINT8;
      case INT32 -> TensorProto.DataType.INT32;
      default -> throw new IllegalStateException("no operand of " + type);
    };
  }
}
