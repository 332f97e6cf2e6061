// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.Calibration;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.ShippedModel;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.QuantizedWeights;
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
  private NetworkPlan plan;
  private Float32Tensor images;
  private OrtSession session;
  private Map<String, OnnxTensor> inputs;

  /** Makes both. */
  @Setup
  public void open() throws OrtException {
    Network model = ShippedModel.DIGITS.network();
    images = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, batch).inputs(0, batch);
    device = Device.open("cpu");
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    if (form.equals("int8")) {
      QuantizedNetwork quantized = int8(model);
      plan =
          NetworkPlan.of(
              model,
              name ->
                  new KernelPlace(
                      LayerKernel.i8i8(quantized, name, CodeSemantics.RESCALED), device),
              batch);
      session = environment.createSession(OnnxNetwork.int8(quantized), options);
    } else {
      plan = NetworkPlan.float32(model, device, batch);
      session = environment.createSession(OnnxNetwork.float32(model), options);
    }
    inputs =
        Map.of(
            "x",
            OnnxTensor.createTensor(
                environment, images.floats(), new long[] {batch, model.input().size()}));
  }

  /** Layer by layer on the device. */
  @Benchmark
  public Float32Tensor fabriq() {
    return plan.run(images);
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

  private static QuantizedNetwork int8(Network model) {
    Float32Tensor samples =
        SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, CALIBRATION).inputs(0, CALIBRATION);
    Calibration calibration = Calibration.of(model, List.of(samples), ActivationQuantizers.DEFAULT);
    Quantizer weights = new PerChannelQuantizer(new SymmetricQuantizer(Byte.SIZE));
    Map<String, QuantizedWeights> codes = new HashMap<>();
    for (String name : model.weightedLayers()) {
      codes.put(name, weights.quantize(model.weightedLayer(name).weight()));
    }
    return new QuantizedNetwork(model, codes, calibration.encodings());
  }
}
