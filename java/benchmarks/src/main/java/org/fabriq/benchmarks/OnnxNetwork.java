// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * An MLP with tanh and no bias as one ONNX graph, input {@code x} of M x inputs. In fp32, or with
 * its layers as QLinearMatMul: u8 activations (the int8 code + 128, which ONNX Runtime multiplies
 * fastest) and s8 weights, scaled per column; fp32 between DequantizeLinear and QuantizeLinear.
 */
final class OnnxNetwork {
  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;
  private static final int UNSIGNED = 128;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("mlp");
  private String value = "x";

  private OnnxNetwork(int inputs) {
    graph.addInput(port(value, inputs));
  }

  static byte[] float32(Mlp model) {
    OnnxNetwork network = new OnnxNetwork(model.inputs());
    for (DenseLayer layer : model.layers()) {
      String w =
          network.constant(
              TensorProto.DataType.FLOAT,
              layer.weight().transpose().memory(),
              layer.inputs(),
              layer.outputs());
      network.add("MatMul", network.value, w);
      network.activate(layer.activation());
    }
    return network.model(model.outputs());
  }

  static byte[] int8(QuantizedModel model) {
    OnnxNetwork network = new OnnxNetwork(model.model().inputs());
    for (int i = 0; i < model.layers().size(); i++) {
      network.multiply(model.layers().get(i));
      network.activate(model.model().layers().get(i).activation());
    }
    return network.model(model.model().outputs());
  }

  private void multiply(LayerQuantization layer) {
    QuantizedTensor w = layer.weight().integers();
    Int8Tensor b = w.codes().transpose();
    String scaleIn = scale(layer.input());
    String zeroIn = zero(layer.input());
    String scaleOut = scale(layer.output());
    String zeroOut = zero(layer.output());
    add("QuantizeLinear", value, scaleIn, zeroIn);
    add(
        "QLinearMatMul",
        value,
        scaleIn,
        zeroIn,
        constant(TensorProto.DataType.INT8, b.memory(), b.rows(), b.columns()),
        constant(TensorProto.DataType.FLOAT, floats(w.encoding().scales()), b.columns()),
        constant(TensorProto.DataType.INT8, ByteBuffer.allocate(b.columns()), b.columns()),
        scaleOut,
        zeroOut);
    add("DequantizeLinear", value, scaleOut, zeroOut);
  }

  private void activate(Activation activation) {
    if (activation == Activation.TANH) {
      add("Tanh", value);
    } else if (activation != Activation.NONE) {
      throw new IllegalArgumentException(activation + " is not written here");
    }
  }

  private String scale(Encoding encoding) {
    return constant(TensorProto.DataType.FLOAT, floats(encoding.scales()));
  }

  private String zero(Encoding encoding) {
    byte zero = (byte) (encoding.zeroPoint(0) + UNSIGNED);
    return constant(TensorProto.DataType.UINT8, ByteBuffer.wrap(new byte[] {zero}));
  }

  private static ByteBuffer floats(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private String constant(TensorProto.DataType type, ByteBuffer bytes, int... shape) {
    String name = "c" + graph.getInitializerCount();
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes.duplicate()));
    for (int dimension : shape) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    return name;
  }

  private void add(String operator, String... inputs) {
    value = "v" + graph.getNodeCount();
    graph.addNode(
        NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs)).addOutput(value));
  }

  private byte[] model(int outputs) {
    graph.addOutput(port(value, outputs));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto port(String name, int columns) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("m"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
            .build();
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
