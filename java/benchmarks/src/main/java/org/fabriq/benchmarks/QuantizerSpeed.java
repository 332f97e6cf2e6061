// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * How fast are values turned into int8 codes, per tensor, and back, on one core, beside ONNX
 * Runtime? Normal values (seed 1), symmetric. {@code quantize} and {@code dequantize} run FabriQ
 * and ONNX Runtime in turns and print the median rate of each in GB of fp32 per second (10^9 bytes)
 * and their ratio. FabriQ uses the Vector API, as {@code scripts/benchmark.sh} starts the JVM, or
 * without {@code --add-modules jdk.incubator.vector} plain loops. Run {@code quantizeAlone} and
 * {@code dequantizeAlone} with {@code -prof gc -p values=100000}: what is allocated per call, a few
 * bytes, is JMH's own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QuantizerSpeed {
  /** How many values. */
  @Param("100000000")
  public int values;

  private final List<Long> own = new ArrayList<>();
  private final List<Long> theirs = new ArrayList<>();
  private Float32Tensor floats;
  private Int8Tensor codes;
  private Encoding encoding;
  private OnnxLinear quantizeLinear;
  private OnnxLinear dequantizeLinear;

  /** Makes the values. */
  @Setup
  public void open() {
    floats = Float32Tensor.allocate(values);
    codes = Int8Tensor.allocate(values);
    SplittableRandom random = new SplittableRandom(1);
    float[] pool = new float[1 << 20];
    for (int i = 0; i < pool.length; i++) {
      pool[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < values; i++) {
      floats.set(i, pool[i % pool.length]);
    }
    encoding = new SymmetricQuantizer(8).fit(floats);
    encoding.quantize(floats, codes);
    quantizeLinear = new OnnxLinear(floats, codes, encoding);
    dequantizeLinear = new OnnxLinear(codes, floats, encoding);
  }

  /** Forgets what was measured while warming up. */
  @Setup(Level.Iteration)
  public void startIteration() {
    own.clear();
    theirs.clear();
  }

  /** Prints what an iteration measured. */
  @TearDown(Level.Iteration)
  public void printIteration() {
    if (!own.isEmpty()) {
      System.out.printf(
          "FabriQ %.2f GB/s, %s %.2f GB/s, ratio %.2f; ",
          rate(own), OnnxLinear.version(), rate(theirs), rate(own) / rate(theirs));
    }
  }

  private double rate(List<Long> nanos) {
    return 4.0 * values / nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
  }

  /** Both in turns: values to codes. */
  @Benchmark
  public void quantize() {
    inTurns(this::quantizeAlone, quantizeLinear);
  }

  /** Both in turns: codes to values. */
  @Benchmark
  public void dequantize() {
    inTurns(this::dequantizeAlone, dequantizeLinear);
  }

  private void inTurns(Runnable ours, OnnxLinear other) {
    long start = System.nanoTime();
    ours.run();
    long middle = System.nanoTime();
    other.run();
    own.add(middle - start);
    theirs.add(System.nanoTime() - middle);
  }

  /** FabriQ: values to codes. */
  @Benchmark
  public void quantizeAlone() {
    encoding.quantize(floats, codes);
  }

  /** FabriQ: codes to values. */
  @Benchmark
  public void dequantizeAlone() {
    encoding.dequantize(codes, floats);
  }

  /** Frees what ONNX Runtime holds. */
  @TearDown
  public void close() {
    quantizeLinear.close();
    dequantizeLinear.close();
  }
}
