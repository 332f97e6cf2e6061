// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    environment = OnnxRuntimeArithmetic.environment();
    session = OnnxSessions.open(environment, model, library.threads());
  }

  /** Writes {@code c}, of the model's output type. */
  void run(Tensor a, Tensor c) {
    try {
      own.get().run(a, c);
    } catch (OrtException e) {
      throw OnnxSessions.failed(e);
    }
  }

  @Override
  public void close() {
    operands.forEach(Operands::close);
    OnnxSessions.close(session);
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
        inputs = Map.of("a", OnnxOperand.of(environment, a));
        lastA = a;
      }
      if (c != lastC) {
        close(outputs);
        outputs = Map.of("c", OnnxOperand.of(environment, c));
        lastC = c;
      }
      session.run(inputs, outputs).close();
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
