// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fabriq.quant.Encoding;

/** Adds nodes and initializers to a graph. Each method gives the name of the tensor it adds. */
final class NodeWriter {
  private static final int LEAST = Byte.MIN_VALUE;
  private static final int GREATEST = Byte.MAX_VALUE;

  private final GraphProto.Builder graph;
  private final CodeType codes;
  private final Set<String> dequantized = new HashSet<>();

  /**
   * Prepares.
   *
   * @param codes how codes of activations are written; those of weights are int8
   */
  NodeWriter(GraphProto.Builder graph, CodeType codes) {
    this.graph = graph;
    this.codes = codes;
  }

  /** How codes of activations are written. */
  CodeType codeType() {
    return codes;
  }

  String floats(String name, float[] values, long... shape) {
    ByteBuffer data = buffer(4 * values.length);
    data.asFloatBuffer().put(values);
    return initializer(name, DataType.FLOAT, data, shape);
  }

  String int32s(String name, int[] values, long... shape) {
    ByteBuffer data = buffer(4 * values.length);
    data.asIntBuffer().put(values);
    return initializer(name, DataType.INT32, data, shape);
  }

  String int64s(String name, long... values) {
    ByteBuffer data = buffer(8 * values.length);
    data.asLongBuffer().put(values);
    return initializer(name, DataType.INT64, data, values.length);
  }

  String int8s(String name, byte[] values, long... shape) {
    return initializer(name, DataType.INT8, ByteBuffer.wrap(values), shape);
  }

  /** Codes of activations, from -128 to 127. */
  String activations(String name, byte[] values, long... shape) {
    byte[] written = new byte[values.length];
    for (int i = 0; i < written.length; i++) {
      written[i] = codes.of(values[i]);
    }
    return initializer(name, codes.element(), ByteBuffer.wrap(written), shape);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String initializer(String name, DataType type, ByteBuffer data, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(data.array())));
    return name;
  }

  /** A node with the name of what it gives. */
  String node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addOutput(output)
            .addAllInput(inputs)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /** What codes stand for; one node for all that read them. */
  String values(String tensor, Encoding encoding) {
    String output = tensor + "/values";
    if (dequantized.add(output)) {
      node(
          "DequantizeLinear",
          output,
          List.of(tensor, scale(output, encoding), zero(output, encoding)));
    }
    return output;
  }

  /**
   * Values as codes.
   *
   * @param least the least code that it gives
   * @param greatest the greatest one
   */
  String codes(String name, String values, Encoding encoding, int least, int greatest) {
    String limited = values;
    if (least > LEAST || greatest < GREATEST) {
      String low = floats(name + "/least", new float[] {encoding.dequantize(least, 0)});
      String high = floats(name + "/greatest", new float[] {encoding.dequantize(greatest, 0)});
      limited = node("Clip", name + "/limited", List.of(values, low, high));
    }
    return node(
        "QuantizeLinear", name, List.of(limited, scale(name, encoding), zero(name, encoding)));
  }

  private String scale(String name, Encoding encoding) {
    return floats(name + "/scale", new float[] {encoding.scale(0)});
  }

  private String zero(String name, Encoding encoding) {
    return activations(name + "/zero", new byte[] {(byte) encoding.zeroPoint(0)});
  }
}
