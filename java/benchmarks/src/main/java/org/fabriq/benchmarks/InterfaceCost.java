// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.MatmulKernel;
import org.fabriq.runtime.PreparedWeights;
import org.fabriq.tensor.Float32Tensor;
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
 * What does the device interface add to a library? oneDNN's f32 64 x 128 x 64 through {@code
 * cpu:onednn}, and called directly with everything made beforehand. Seed 1, one thread each (start
 * with OMP_NUM_THREADS=1).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InterfaceCost {
  private static final int M = 64;
  private static final int K = 128;
  private static final int N = 64;

  private final Float32Tensor a = random(M, K);
  private final Float32Tensor b = random(K, N);
  private final Float32Tensor c = Float32Tensor.allocate(M, N);
  private Device device;
  private MatmulKernel kernel;
  private PreparedWeights weights;
  private stream stream;
  private matmul primitive;
  private IntMemoryMap arguments;

  /** Prepares both ways; the device first, so that it sets the number of threads. */
  @Setup
  public void open() {
    device = Device.open("cpu:onednn");
    kernel = device.matmul(KernelType.F32F32);
    weights = kernel.prepare(new WeightsF32F32(b, null));
    kernel.multiply(a, weights, c);
    engine engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
    stream = new stream(engine);
    memory.desc left = dense(M, K);
    memory.desc result = dense(M, N);
    memory.desc any =
        new memory.desc(new long[] {K, N}, memory.data_type.f32, memory.format_tag.any);
    matmul.primitive_desc plan = new matmul.primitive_desc(engine, left, any, result);
    memory plain = new memory(dense(K, N), engine, new BytePointer(b.memory()));
    memory packed = new memory(plan.weights_desc(), engine);
    new reorder(plain, packed).execute(stream, plain, packed);
    primitive = new matmul(plan);
    arguments = new IntMemoryMap();
    arguments.put(dnnl.DNNL_ARG_SRC, new memory(left, engine, new BytePointer(a.memory())));
    arguments.put(dnnl.DNNL_ARG_WEIGHTS, packed);
    arguments.put(dnnl.DNNL_ARG_DST, new memory(result, engine, new BytePointer(c.memory())));
  }

  private static memory.desc dense(long rows, long columns) {
    return new memory.desc(new long[] {rows, columns}, memory.data_type.f32, memory.format_tag.ab);
  }

  /** Through the device. */
  @Benchmark
  public Float32Tensor device() {
    kernel.multiply(a, weights, c);
    return c;
  }

  /** The library alone. */
  @Benchmark
  public Float32Tensor direct() {
    primitive.execute(stream, arguments);
    stream._wait();
    return c;
  }

  /** Closes the device. */
  @TearDown
  public void close() {
    device.close();
  }

  private static Float32Tensor random(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(1);
    Float32Tensor tensor = Float32Tensor.allocate(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }
}
