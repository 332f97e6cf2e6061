// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.fabriq.accumulator.Accumulator;
import org.fabriq.accumulator.NarrowMatmul;
import org.fabriq.accumulator.SumCount;
import org.fabriq.accumulator.SumRange;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Int8Tensor;

/**
 * A device in Java that counts what the sums of int8 products do in an accumulator of few bits. Its
 * results are exact, or, if it is asked for, those of the accumulator; then it breaks the promise
 * of all devices, to give the same bits, and no address opens it. fp32 is exact.
 *
 * <p>Any number of threads may share it. Closing it closes the device.
 */
public final class AccumulatorDevice implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofHours(1);

  private final Accumulator accumulator;
  private final boolean narrow;
  private final Device device;
  private final ConcurrentLinkedQueue<WeightsI8I8> weights = new ConcurrentLinkedQueue<>();
  private final AtomicReference<SumCount> count = new AtomicReference<>(SumCount.NONE);

  private AccumulatorDevice(Accumulator accumulator, boolean narrow) {
    this.accumulator = accumulator;
    this.narrow = narrow;
    String address = narrow ? "accumulator" : "counting";
    this.device = new Device(address, new JavaBackend(new Arithmetic()), TIMEOUT);
  }

  /** Counts; results are exact. */
  public static AccumulatorDevice counting(Accumulator accumulator) {
    return new AccumulatorDevice(accumulator, false);
  }

  /** Counts; results are what the accumulator ends with. */
  public static AccumulatorDevice narrow(Accumulator accumulator) {
    return new AccumulatorDevice(accumulator, true);
  }

  /** The device to place layers on. */
  public Device device() {
    return device;
  }

  /** What all sums so far did. */
  public SumCount count() {
    return count.get();
  }

  /** The int8 weights prepared so far: one for each group of a convolution. */
  public List<WeightsI8I8> weights() {
    return List.copyOf(weights);
  }

  /**
   * The partial sums that any A can give with the weights prepared so far.
   *
   * @param leastOfA the least code of A
   * @param greatestOfA the greatest code of A
   */
  public SumRange possible(int leastOfA, int greatestOfA) {
    return weights.stream()
        .map(each -> SumRange.possible(each, leastOfA, greatestOfA))
        .reduce(SumRange.NONE, SumRange::with);
  }

  @Override
  public void close() {
    device.close();
  }

  private final class Arithmetic implements CpuArithmetic {
    @Override
    public String description() {
      return "int8 products %s in an accumulator of %s"
          .formatted(narrow ? "summed" : "summed exactly, and counted as", accumulator);
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public Product prepare(MatmulWeights prepared) {
      if (!(prepared instanceof WeightsI8I8 integers)) {
        return new JavaMatmul(prepared)::multiply;
      }
      weights.add(integers);
      NarrowMatmul matmul = new NarrowMatmul(integers, accumulator);
      return (a, c) -> {
        Int8Tensor codes = (Int8Tensor) a;
        SumCount counted =
            narrow ? matmul.multiplyNarrowly(codes, c) : matmul.multiplyExactly(codes, c);
        count.accumulateAndGet(counted, SumCount::plus);
      };
    }
  }
}
