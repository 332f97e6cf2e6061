// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import java.util.concurrent.TimeUnit;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.MatmulKernel;
import org.fabriq.runtime.PreparedWeights;
import org.fabriq.runtime.StageTimes;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a dispatch from Java cost above the native call? Run with {@code -prof gc}: bytes per
 * call must be 0.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DispatchOverhead {
  private final Int8Tensor a = Int8Tensor.allocate(1, 1);
  private final Int32Tensor c = Int32Tensor.allocate(1, 1);
  private final StageTimes times = new StageTimes();
  private Device device;
  private MatmulKernel kernel;
  private PreparedWeights weights;
  private long calls;
  private long bridgeNanos;

  /** Opens the device. */
  @Setup
  public void open() {
    device = Device.open("emulation");
    kernel = device.matmul(KernelType.I8I8);
    weights = kernel.prepare(WeightsI8I8.raw(Int8Tensor.allocate(1, 1), 0, new int[1], new int[1]));
  }

  /** Java's checks and an empty native function. */
  @Benchmark
  public void ping() {
    device.ping();
  }

  /**
   * A 1 x 1 x 1 multiplication: everything but the work, the hand-over to the device's thread
   * included.
   */
  @Benchmark
  public void multiplyOne() {
    kernel.multiply(a, weights, c);
  }

  /** The same with times taken; prints what of it was spent outside the native call. */
  @Benchmark
  public void multiplyOneTimed() {
    kernel.multiply(a, weights, c, times);
    calls++;
    bridgeNanos += times.bridgeNanos();
  }

  /** Prints the mean and closes the device. */
  @TearDown
  public void close() {
    if (calls > 0) {
      System.out.printf(
          "%nabove the native call: %.0f ns per dispatch, %d dispatches%n",
          (double) bridgeNanos / calls, calls);
    }
    device.close();
  }
}
