// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Map;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.onnx.OnnxValue.Fixed;

/** Makes a signal of a graph's input. A symbolic batch counts as one sample. */
final class OnnxInput {
  private final GraphProto graph;
  private final Map<String, OnnxValue> constants;

  OnnxInput(GraphProto graph, Map<String, OnnxValue> constants) {
    this.graph = graph;
    this.constants = constants;
  }

  Signal signal(ValueInfoProto info) {
    if (!info.getType().hasTensorType()) {
      throw new NotTakenException(
          "it is a sequence, a map or optional, no tensor", "give the network a tensor");
    }
    TypeProto.Tensor tensor = info.getType().getTensorType();
    int rank = tensor.getShape().getDimCount();
    if (rank < 2 || rank > 4) {
      throw new NotTakenException(
          "it has %d dimensions, limit 2 to 4".formatted(rank),
          "export with samples x values, or samples x channels x height x width");
    }
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      TensorShapeProto.Dimension dimension = tensor.getShape().getDim(i);
      if (i > 0 && dimension.getDimValue() < 1) {
        throw new NotTakenException(
            "dimension %d is '%s', no number from 1 on"
                .formatted(i, dimension.getDimParam().isEmpty() ? "?" : dimension.getDimParam()),
            "export with fixed sizes; the batch alone may be symbolic");
      }
      shape[i] = OnnxNode.narrow(Math.max(1, dimension.getDimValue()));
    }
    Signal signal = Signal.of(info.getName(), shape);
    return switch (tensor.getElemType()) {
      case TensorProto.DataType.FLOAT_VALUE,
          TensorProto.DataType.DOUBLE_VALUE,
          TensorProto.DataType.FLOAT16_VALUE ->
          signal;
      case TensorProto.DataType.INT8_VALUE, TensorProto.DataType.UINT8_VALUE ->
          signal.as(codes(info.getName()));
      default ->
          throw new NotTakenException(
              "it is of type %s".formatted(OnnxTensors.name(tensor.getElemType())),
              "give the network float, int8 or uint8");
    };
  }

  /** What the first node that takes them says of codes: scale and zero point come behind them. */
  private Codes codes(String name) {
    for (NodeProto node : graph.getNodeList()) {
      int at = node.getInputList().indexOf(name);
      boolean reads =
          node.getOpType().equals("DequantizeLinear")
              || node.getOpType().startsWith("QLinear")
              || node.getOpType().equals("QGemm");
      if (at >= 0 && reads && node.getInputCount() > at + 2) {
        OnnxValue scale = constants.get(node.getInput(at + 1));
        OnnxValue zero = constants.get(node.getInput(at + 2));
        if (scale instanceof Fixed s && zero instanceof Fixed z) {
          return CodeRules.codes(s.constant(), z.constant(), z.constant().type(), 1);
        }
      }
    }
    throw new NotTakenException(
        "it is codes, and no node says what they stand for", "put DequantizeLinear behind it");
  }
}
