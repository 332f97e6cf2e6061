// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.Mlp;
import org.fabriq.plan.ActivationQuantizers;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.CodeSemantics;
import org.fabriq.plan.InferencePlan;
import org.fabriq.plan.InferencePlan.Placement;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.SymmetricQuantizer;
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
 * shipped digits model in fp32 and with all layers int8, one thread. Where the processor has no
 * VNNI, ONNX Runtime's u8 x s8 products may saturate; those of {@code cpu} are exact.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NetworkSpeed {
  private static final int CALIBRATION = 256;

  /** Images per call. */
  @Param({"1", "64", "1024"})
  public int batch;

  /** What the layers multiply. */
  @Param({"fp32", "int8"})
  public String form;

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
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    if (form.equals("int8")) {
      QuantizedModel quantized = int8(model);
      plan =
          new InferencePlan(
              model,
              i ->
                  new Placement(
                      LayerKernel.i8i8(
                          model.layers().get(i), quantized.layers().get(i), CodeSemantics.RESCALED),
                      device),
              batch);
      session = environment.createSession(OnnxNetwork.int8(quantized), options);
    } else {
      plan = InferencePlan.float32(model, device, batch);
      session = environment.createSession(OnnxNetwork.float32(model), options);
    }
    inputs =
        Map.of(
            "x",
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

  private static QuantizedModel int8(Mlp model) {
    Float32Tensor calibration =
        SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, CALIBRATION).inputs(0, CALIBRATION);
    Calibration activations =
        Calibration.of(model, List.of(calibration), ActivationQuantizers.DEFAULT);
    Quantizer weights = new PerChannelQuantizer(new SymmetricQuantizer(Byte.SIZE));
    List<LayerQuantization> layers = new ArrayList<>();
    for (DenseLayer layer : model.layers()) {
      layers.add(
          LayerQuantization.of(weights.quantize(layer.weight()), layers.size(), activations));
    }
    return new QuantizedModel(model, layers);
  }
}
