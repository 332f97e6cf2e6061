// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsF32I8;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.MatmulKernel;
import org.fabriq.runtime.PreparedWeights;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
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

/** How long does one multiplication take on each device, for each kernel? Seed 1. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MatmulSpeed {
  /** Address of the device. */
  @Param({
    "cpu",
    "cpu:java",
    "cpu:vector",
    "cpu:onednn",
    "cpu:openblas",
    "cpu:onnxruntime",
    "emulation"
  })
  public String address;

  /** The kernel. */
  @Param({"F32F32", "F32I8", "I8I8"})
  public KernelType type;

  /** M x K x N. */
  @Param({"64x128x64", "256x784x128", "1024x1024x1024"})
  public String shape;

  private Device device;
  private MatmulKernel kernel;
  private PreparedWeights weights;
  private Tensor a;
  private Tensor c;

  /** Makes operands and prepares the weights. */
  @Setup
  public void open() {
    int[] mkn = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    SplittableRandom random = new SplittableRandom(1);
    a = random(random, type == KernelType.I8I8, mkn[0], mkn[1]);
    MatmulWeights source =
        switch (type) {
          case F32F32 ->
              new WeightsF32F32((Float32Tensor) random(random, false, mkn[1], mkn[2]), null);
          case F32I8 ->
              new WeightsF32I8(
                  (Int8Tensor) random(random, true, mkn[1], mkn[2]),
                  ones(mkn[2]),
                  new int[mkn[2]],
                  null);
          case I8I8 ->
              WeightsI8I8.raw(
                  (Int8Tensor) random(random, true, mkn[1], mkn[2]),
                  0,
                  new int[mkn[2]],
                  new int[mkn[2]]);
        };
    c = Tensor.allocate(source.output().type(), mkn[0], mkn[2]);
    device = Device.open(address);
    kernel = device.matmul(type);
    weights = kernel.prepare(source);
  }

  /** One call. */
  @Benchmark
  public Tensor multiply() {
    kernel.multiply(a, weights, c);
    return c;
  }

  /** Closes the device. */
  @TearDown
  public void close() {
    device.close();
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Tensor random(SplittableRandom random, boolean int8, int rows, int columns) {
    if (int8) {
      Int8Tensor tensor = Int8Tensor.allocate(rows, columns);
      for (int i = 0; i < tensor.size(); i++) {
        tensor.set(i, (byte) random.nextInt(-128, 128));
      }
      return tensor;
    }
    Float32Tensor tensor = Float32Tensor.allocate(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }
}
