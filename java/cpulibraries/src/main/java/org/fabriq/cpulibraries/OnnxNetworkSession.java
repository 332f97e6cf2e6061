// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Map;
import org.fabriq.runtime.NetworkSession;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A network from unsigned codes to such codes, or to fp32, in a session of ONNX Runtime, with its
 * tensors made once.
 */
final class OnnxNetworkSession implements NetworkSession {
  private final OrtEnvironment environment;
  private final int threads;
  private final OrtSession session;
  private final Tensor results;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;
  private boolean closed;

  OnnxNetworkSession(OrtEnvironment environment, byte[] model, Int8Tensor images, int threads) {
    this.environment = environment;
    this.threads = threads;
    session = OnnxSessions.open(environment, model, threads);
    try {
      String input = session.getInputNames().iterator().next();
      String output = session.getOutputNames().iterator().next();
      results = results((TensorInfo) session.getOutputInfo().get(output).getInfo(), images);
      inputs = Map.of(input, OnnxOperand.of(environment, UnsignedCodes.flipped(images)));
      outputs = Map.of(output, OnnxOperand.of(environment, results));
    } catch (OrtException e) {
      throw OnnxSessions.failed(e);
    }
  }

  private static Tensor results(TensorInfo info, Int8Tensor images) {
    long[] sample = info.getShape();
    int[] shape = new int[sample.length];
    shape[0] = images.dimension(0);
    for (int axis = 1; axis < shape.length; axis++) {
      shape[axis] = Math.toIntExact(sample[axis]);
    }
    return Tensor.allocate(
        info.type == OnnxJavaType.FLOAT ? DataType.FLOAT32 : DataType.INT8, shape);
  }

  @Override
  public String description() {
    return "ONNX Runtime %s, the network as one session, %d thread%s"
        .formatted(environment.getVersion(), threads, threads == 1 ? "" : "s");
  }

  @Override
  public void run() {
    try {
      session.run(inputs, outputs).close();
    } catch (OrtException e) {
      throw OnnxSessions.failed(e);
    }
  }

  @Override
  public Tensor results() {
    return results instanceof Int8Tensor codes
        ? UnsignedCodes.flipped(codes)
        : Float32Tensor.of(((Float32Tensor) results).toArray(), results.shape());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    OnnxSessions.close(session);
  }
}
