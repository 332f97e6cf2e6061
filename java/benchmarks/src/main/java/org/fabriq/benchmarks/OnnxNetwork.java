// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.opponents.OnnxGraph;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * An MLP with tanh and no bias as one ONNX graph, input {@code x} of M x inputs. In fp32, or with
 * its layers as QLinearMatMul: u8 activations (the int8 code + 128, which ONNX Runtime multiplies
 * fastest) and s8 weights, scaled per column; fp32 between DequantizeLinear and QuantizeLinear.
 */
final class OnnxNetwork {
  private static final int UNSIGNED = 128;

  private final OnnxGraph graph = new OnnxGraph();
  private String value = "x";
  private int names;

  private OnnxNetwork(int inputs) {
    graph.input(value, DataType.FLOAT, inputs);
  }

  static byte[] float32(Mlp model) {
    OnnxNetwork network = new OnnxNetwork(model.inputs());
    for (DenseLayer layer : model.layers()) {
      String w = network.name();
      Float32Tensor b = layer.weight().transpose();
      network.graph.constant(w, DataType.FLOAT, b.memory(), b.shape());
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
    String weights = name();
    String scales = name();
    String zeros = name();
    graph
        .constant(weights, DataType.INT8, b.memory(), b.shape())
        .constant(scales, w.encoding().scales(), b.columns())
        .constant(zeros, DataType.INT8, ByteBuffer.allocate(b.columns()), b.columns());
    String scaleIn = scale(layer.input());
    String zeroIn = zero(layer.input());
    String scaleOut = scale(layer.output());
    String zeroOut = zero(layer.output());
    add("QuantizeLinear", value, scaleIn, zeroIn);
    add("QLinearMatMul", value, scaleIn, zeroIn, weights, scales, zeros, scaleOut, zeroOut);
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
    String name = name();
    graph.constant(name, encoding.scales());
    return name;
  }

  private String zero(Encoding encoding) {
    String name = name();
    graph.zeroPoint(name, DataType.UINT8, encoding.zeroPoint(0) + UNSIGNED);
    return name;
  }

  private String name() {
    return "v" + names++;
  }

  private void add(String operator, String... inputs) {
    String output = name();
    graph.node(operator, output, inputs);
    value = output;
  }

  private byte[] model(int outputs) {
    return graph.output(value, DataType.FLOAT, outputs).model();
  }
}
