// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A model in ONNX Runtime, on one thread and without its graph optimizations, so that what lies
 * between DequantizeLinear and QuantizeLinear is computed in fp32 on every processor.
 */
final class RuntimeModel implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;

  RuntimeModel(byte[] model) {
    this(model, OptLevel.NO_OPT);
  }

  private RuntimeModel(byte[] model, OptLevel level) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(level);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
      input = session.getInputNames().iterator().next();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A model that gives other tensors than it does, in this order. */
  static RuntimeModel giving(ModelProto model, Collection<String> tensors) {
    return new RuntimeModel(outputs(model, tensors), OptLevel.NO_OPT);
  }

  /**
   * A model that gives one tensor, with the graph optimizations that ONNX Runtime makes by default:
   * it computes with codes what lies between DequantizeLinear and QuantizeLinear, where it can.
   */
  static RuntimeModel optimized(ModelProto model, String tensor) {
    return new RuntimeModel(outputs(model, List.of(tensor)), OptLevel.ALL_OPT);
  }

  private static byte[] outputs(ModelProto model, Collection<String> tensors) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
    tensors.forEach(name -> graph.addOutput(ValueInfoProto.newBuilder().setName(name)));
    return model.toBuilder().setGraph(graph).build().toByteArray();
  }

  /** The first tensor that it gives for fp32 values, as reals or codes. */
  double[] run(float[] values, long... shape) {
    return runAll(values, shape).get(0);
  }

  /** All tensors that it gives for fp32 values. */
  List<double[]> runAll(float[] values, long... shape) {
    try (OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape)) {
      return run(x);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first tensor that it gives for unsigned codes. */
  double[] runUnsigned(byte[] codes, long... shape) {
    ByteBuffer direct = ByteBuffer.allocateDirect(codes.length).put(codes).flip();
    try (OnnxTensor x = OnnxTensor.createTensor(environment, direct, shape, OnnxJavaType.UINT8)) {
      return run(x).get(0);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<double[]> run(OnnxTensor x) throws OrtException {
    List<double[]> tensors = new ArrayList<>();
    try (OrtSession.Result result = session.run(Map.of(input, x))) {
      for (Map.Entry<String, OnnxValue> named : result) {
        tensors.add(values((OnnxTensor) named.getValue()));
      }
    }
    return tensors;
  }

  private static double[] values(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    return switch (info.type) {
      case FLOAT -> reals(tensor.getFloatBuffer());
      case INT64 -> LongStream.of(tensor.getLongBuffer().array()).asDoubleStream().toArray();
      case INT8, UINT8 -> codes(tensor.getByteBuffer(), info.type == OnnxJavaType.INT8 ? -1 : 255);
      default -> throw new IllegalStateException("outputs of " + info.type);
    };
  }

  private static double[] reals(FloatBuffer buffer) {
    double[] values = new double[buffer.remaining()];
    Arrays.setAll(values, buffer::get);
    return values;
  }

  private static double[] codes(ByteBuffer buffer, int mask) {
    double[] values = new double[buffer.remaining()];
    Arrays.setAll(values, i -> buffer.get(i) & mask);
    return values;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
