// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.fabriq.runtime.DeviceException;
import org.fabriq.tensor.Tensor;

/**
 * One of {@link OnnxModels} in a session. A and C are used where they lie; int8 A is read as u8.
 * Any number of threads may run it at a time.
 */
final class OnnxMultiplication implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Queue<Operands> operands = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Operands> own = ThreadLocal.withInitial(this::operands);

  OnnxMultiplication(OnnxRuntimeArithmetic library, byte[] model) {
    environment = library.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(library.threads());
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** Writes {@code c}, of the model's output type. */
  void run(Tensor a, Tensor c) {
    try {
      own.get().run(a, c);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    operands.forEach(Operands::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private static DeviceException failed(OrtException e) {
    return new DeviceException("ONNX Runtime failed: " + e.getMessage());
  }

  private Operands operands() {
    Operands made = new Operands();
    operands.add(made);
    return made;
  }

  /** One thread's tensors, made again only when other memory comes. */
  private final class Operands {
    private Tensor lastA;
    private Tensor lastC;
    private Map<String, OnnxTensor> inputs = Map.of();
    private Map<String, OnnxTensor> outputs = Map.of();

    void run(Tensor a, Tensor c) throws OrtException {
      if (a != lastA) {
        close(inputs);
        inputs = Map.of("a", wrap(a));
        lastA = a;
      }
      if (c != lastC) {
        close(outputs);
        outputs = Map.of("c", wrap(c));
        lastC = c;
      }
      session.run(inputs, outputs).close();
    }

    private OnnxTensor wrap(Tensor tensor) throws OrtException {
      return OnnxOperand.of(environment, tensor);
    }

    void close() {
      close(inputs);
      close(outputs);
    }

    private static void close(Map<String, OnnxTensor> tensors) {
      tensors.values().forEach(OnnxTensor::close);
    }
  }
}
