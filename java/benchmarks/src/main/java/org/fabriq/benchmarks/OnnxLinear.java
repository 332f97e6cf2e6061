// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.Map;
import org.fabriq.cpulibraries.OnnxGraph;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/**
 * ONNX Runtime's QuantizeLinear or DequantizeLinear between two tensors, on one thread, from memory
 * to memory: nothing is copied.
 */
final class OnnxLinear implements AutoCloseable {
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
      session = environment.createSession(model(from, encoding), options);
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
    OnnxJavaType type = tensor instanceof Float32Tensor ? OnnxJavaType.FLOAT : OnnxJavaType.INT8;
    return OnnxTensor.createTensor(environment, memory, new long[] {tensor.size()}, type);
  }

  private static byte[] model(Tensor from, Encoding encoding) {
    boolean quantize = from instanceof Float32Tensor;
    return new OnnxGraph()
        .input("x", quantize ? DataType.FLOAT : DataType.INT8)
        .output("y", quantize ? DataType.INT8 : DataType.FLOAT)
        .constant("scale", encoding.scales())
        .zeroPoint("zero", DataType.INT8, encoding.zeroPoint(0))
        .node(quantize ? "QuantizeLinear" : "DequantizeLinear", "y", "x", "scale", "zero")
        .model();
  }
}
