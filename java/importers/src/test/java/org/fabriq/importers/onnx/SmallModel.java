// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.fabriq.importers.lowering.Lowering;
import org.fabriq.importing.ImportedModel;

/** A model that a test makes, node by node. */
final class SmallModel {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("small");
  private final SplittableRandom random = new SplittableRandom(7);
  private final int opset;
  private int nodes;

  SmallModel(int opset) {
    this.opset = opset;
  }

  /** With an input of fp32. */
  SmallModel input(String name, long... shape) {
    return input(name, TensorProto.DataType.FLOAT, shape);
  }

  SmallModel input(String name, TensorProto.DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long dimension : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  SmallModel add(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  /** With fp32 values in [-1, 1). */
  SmallModel random(String name, long... shape) {
    TensorProto.Builder tensor = tensor(name, TensorProto.DataType.FLOAT, shape);
    for (int i = 0; i < size(shape); i++) {
      tensor.addFloatData((float) random.nextDouble(-1, 1));
    }
    return add(tensor.build());
  }

  /** With fp32 values in [0.5, 1.5). */
  SmallModel positive(String name, long... shape) {
    TensorProto.Builder tensor = tensor(name, TensorProto.DataType.FLOAT, shape);
    for (int i = 0; i < size(shape); i++) {
      tensor.addFloatData((float) random.nextDouble(0.5, 1.5));
    }
    return add(tensor.build());
  }

  /** With int8 or uint8 codes, or a part of their range. */
  SmallModel codes(String name, TensorProto.DataType type, int least, int most, long... shape) {
    byte[] codes = new byte[size(shape)];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) random.nextInt(least, most + 1);
    }
    return add(tensor(name, type, shape).setRawData(ByteString.copyFrom(codes)).build());
  }

  SmallModel scalar(String name, float value) {
    return add(tensor(name, TensorProto.DataType.FLOAT).addFloatData(value).build());
  }

  SmallModel scalar(String name, TensorProto.DataType type, int value) {
    return add(tensor(name, type).addInt32Data(value).build());
  }

  SmallModel integers(String name, long... values) {
    TensorProto.Builder tensor = tensor(name, TensorProto.DataType.INT64, values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return add(tensor.build());
  }

  SmallModel int32(String name, int... values) {
    TensorProto.Builder tensor = tensor(name, TensorProto.DataType.INT32, values.length);
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    return add(tensor.build());
  }

  static TensorProto.Builder tensor(String name, TensorProto.DataType type, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  private static int size(long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size = (int) (size * dimension);
    }
    return size;
  }

  /**
   * With a node of domain:operator.
   *
   * @param inputs names, separated by blanks; "-" leaves one out
   */
  SmallModel node(String operator, String inputs, String output, AttributeProto... attributes) {
    int colon = operator.indexOf(':');
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName("node" + nodes++)
            .setDomain(colon < 0 ? "" : operator.substring(0, colon))
            .setOpType(operator.substring(colon + 1))
            .addOutput(output);
    for (String name : inputs.isEmpty() ? new String[0] : inputs.split(" ")) {
      node.addInput(name.equals("-") ? "" : name);
    }
    for (AttributeProto attribute : attributes) {
      node.addAttribute(attribute);
    }
    graph.addNode(node);
    return this;
  }

  static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto number(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** The model, which gives one tensor. */
  ModelProto giving(String output) {
    GraphProto.Builder copy = graph.clone();
    copy.addOutput(ValueInfoProto.newBuilder().setName(output));
    ModelProto.Builder model =
        ModelProto.newBuilder().setIrVersion(opset < 21 ? 8 : 10).setGraph(copy);
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1));
    model.addOpsetImport(
        OperatorSetIdProto.newBuilder().setDomain("qonnx.custom_op.general").setVersion(1));
    return model.build();
  }

  /** What is made of a model. */
  static ImportedModel imported(ModelProto model) {
    int opset = (int) model.getOpsetImport(0).getVersion();
    return Lowering.network(OnnxGraph.read(new OnnxFile(Path.of("small.onnx"), model, opset)));
  }
}
