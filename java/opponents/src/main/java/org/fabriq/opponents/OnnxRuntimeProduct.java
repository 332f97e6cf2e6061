// SPDX-License-Identifier: Apache-2.0
package org.fabriq.opponents;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.fabriq.kernel.IntegerEpilogue;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.runtime.DeviceException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Weights as an ONNX Runtime session. A and C are used where they lie; only for int8 A is copied,
 * with its sign bits turned.
 */
final class OnnxRuntimeProduct implements Product {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final FloatOperands floats;
  private final IntegerEpilogue integers;
  private final Queue<Operands> operands = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Operands> own = ThreadLocal.withInitial(this::operands);

  private OnnxRuntimeProduct(
      OnnxRuntimeArithmetic library, byte[] model, FloatOperands floats, IntegerEpilogue integers) {
    this.environment = library.environment();
    this.floats = floats;
    this.integers = integers;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(library.threads());
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  static OnnxRuntimeProduct ofFloats(OnnxRuntimeArithmetic library, MatmulWeights weights) {
    FloatOperands operands = FloatOperands.of(weights);
    return new OnnxRuntimeProduct(
        library, OnnxModels.matmul(operands.b(), operands.bias()), operands, null);
  }

  /**
   * Integer weights.
   *
   * @param signedB whether B is taken as s8, else as u8 with zero point 128
   */
  static OnnxRuntimeProduct ofIntegers(
      OnnxRuntimeArithmetic library, WeightsI8I8 weights, boolean signedB) {
    return new OnnxRuntimeProduct(
        library,
        OnnxModels.matmulInteger(weights.b(), signedB),
        null,
        new IntegerEpilogue(weights));
  }

  private static DeviceException failed(OrtException e) {
    return new DeviceException("ONNX Runtime failed: " + e.getMessage());
  }

  private Operands operands() {
    Operands made = new Operands();
    operands.add(made);
    return made;
  }

  @Override
  public void multiply(Tensor a, Tensor c) {
    try {
      own.get().multiply(a, c);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  @Override
  public void release() {
    operands.forEach(Operands::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** One thread's tensors, made again only when other memory comes. */
  private final class Operands {
    private Tensor lastA;
    private Tensor lastC;
    private Int8Tensor unsigned;
    private Int32Tensor products;
    private Map<String, OnnxTensor> inputs = Map.of();
    private Map<String, OnnxTensor> outputs = Map.of();

    void multiply(Tensor a, Tensor c) throws OrtException {
      if (integers == null) {
        run(a, c);
        floats.finish((Float32Tensor) c);
        return;
      }
      if (unsigned == null || !unsigned.hasShapeOf(a)) {
        unsigned = Int8Tensor.allocate(a.rows(), a.columns());
        products = Int32Tensor.allocate(a.rows(), c.columns());
      }
      turnSigns(a.memory(), unsigned.memory());
      run(unsigned, products);
      integers.finish((Int8Tensor) a, products, c);
    }

    private void run(Tensor a, Tensor c) throws OrtException {
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
      long[] shape = {tensor.rows(), tensor.columns()};
      if (tensor instanceof Float32Tensor values) {
        return OnnxTensor.createTensor(environment, values.floats(), shape);
      }
      return tensor instanceof Int32Tensor values
          ? OnnxTensor.createTensor(environment, values.ints(), shape)
          : OnnxTensor.createTensor(environment, tensor.memory(), shape, OnnxJavaType.UINT8);
    }

    void close() {
      close(inputs);
      close(outputs);
    }

    private static void close(Map<String, OnnxTensor> tensors) {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** a XOR 80h: the two's complement code as u8 with zero point 128. */
  private static void turnSigns(ByteBuffer from, ByteBuffer to) {
    int i = 0;
    for (; i <= from.limit() - Long.BYTES; i += Long.BYTES) {
      to.putLong(i, from.getLong(i) ^ 0x8080808080808080L);
    }
    for (; i < from.limit(); i++) {
      to.put(i, (byte) (from.get(i) ^ 0x80));
    }
  }
}
