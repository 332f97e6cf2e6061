// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import org.fabriq.cpulibraries.OnnxGraph;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
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

  static byte[] float32(Network model) {
    OnnxNetwork network = new OnnxNetwork(model.input().size());
    for (Layer layer : model.layers()) {
      if (layer instanceof DenseLayer dense) {
        String w = network.name();
        Float32Tensor b = dense.weight().transpose();
        network.graph.constant(w, DataType.FLOAT, b.memory(), b.shape());
        network.add("MatMul", network.value, w);
      } else if (layer instanceof ActivationLayer function) {
        network.activate(function.activation());
      }
    }
    return network.model(model.output().size());
  }

  static byte[] int8(QuantizedNetwork model) {
    OnnxNetwork network = new OnnxNetwork(model.input().size());
    for (Layer layer : model.network().layers()) {
      if (layer instanceof DenseLayer) {
        network.multiply(model, layer.name());
      } else if (layer instanceof ActivationLayer function) {
        network.activate(function.activation());
      }
    }
    return network.model(model.output().size());
  }

  private void multiply(QuantizedNetwork model, String layer) {
    Encoding input = model.inputCodes(layer);
    Encoding output = model.outputCodes(layer);
    QuantizedTensor w = model.codes(layer);
    Int8Tensor b = w.codes().transpose();
    String weights = name();
    String scales = name();
    String zeros = name();
    graph
        .constant(weights, DataType.INT8, b.memory(), b.shape())
        .constant(scales, w.encoding().scales(), b.columns())
        .constant(zeros, DataType.INT8, ByteBuffer.allocate(b.columns()), b.columns());
    String scaleIn = scale(input);
    String zeroIn = zero(input);
    String scaleOut = scale(output);
    String zeroOut = zero(output);
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
