// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.Mlp;
import org.fabriq.plan.InferencePlan;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does the whole network take on {@code cpu}, and as one model in ONNX Runtime? The
 * shipped digits model in fp32, one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NetworkSpeed {
  /** Images per call. */
  @Param({"1", "64", "1024"})
  public int batch;

  private Device device;
  private InferencePlan plan;
  private Float32Tensor images;
  private OrtSession session;
  private Map<String, OnnxTensor> inputs;

  /** Makes both. */
  @Setup
  public void open() throws OrtException {
    Mlp model = EmbeddedModel.DIGITS.load();
    images = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, batch).inputs(0, batch);
    device = Device.open("cpu");
    plan = InferencePlan.float32(model, device, batch);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    session = environment.createSession(onnx(model), options);
    inputs =
        Map.of(
            "x0",
            OnnxTensor.createTensor(
                environment, images.floats(), new long[] {batch, model.inputs()}));
  }

  /** Layer by layer on the device. */
  @Benchmark
  public Float32Tensor fabriq() {
    return plan.run(images, null);
  }

  /** The model as one graph. */
  @Benchmark
  public void onnxRuntime() throws OrtException {
    session.run(inputs).close();
  }

  /** Closes both. */
  @TearDown
  public void close() throws OrtException {
    plan.close();
    device.close();
    session.close();
  }

  private static byte[] onnx(Mlp model) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("mlp");
    graph.addInput(value("x0", model.inputs()));
    int last = model.layers().size();
    for (int i = 0; i < last; i++) {
      DenseLayer layer = model.layers().get(i);
      boolean tanh = layer.activation() == Activation.TANH;
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName("w" + i)
              .setDataType(TensorProto.DataType.FLOAT.getNumber())
              .addDims(layer.inputs())
              .addDims(layer.outputs())
              .setRawData(ByteString.copyFrom(layer.weight().transpose().memory().duplicate())));
      graph.addNode(node("MatMul", (tanh ? "z" : "x") + (i + 1), "x" + i, "w" + i));
      if (tanh) {
        graph.addNode(node("Tanh", "x" + (i + 1), "z" + (i + 1)));
      }
    }
    graph.addOutput(value("x" + last, model.layers().get(last - 1).outputs()));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static ValueInfoProto value(String name, int columns) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("m"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
