// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.runtime.StageTimes;

/**
 * Where the time of one layer's run went, in nanoseconds. Made once, overwritten by each run; for
 * use by one thread.
 */
public final class LayerTimes {
  private final StageTimes stages = new StageTimes();
  private final StageTimes part = new StageTimes();
  private int calls;
  private long quantize;
  private long dequantize;
  private long total;
  private long activation;

  /** Encoding the activations as int8; -1 where the kernel takes fp32. */
  public long quantizeNanos() {
    return quantize;
  }

  /**
   * Reading integers back as fp32; -1 where the kernel writes fp32. With the activation function
   * where it writes int8, since both are one table.
   */
  public long dequantizeNanos() {
    return dequantize;
  }

  /**
   * From the layer's fp32 inputs to its fp32 outputs, before the activation function unless {@link
   * #dequantizeNanos()} has it.
   */
  public long totalNanos() {
    return total;
  }

  /** The activation function on the CPU where it is a step; not in {@link #totalNanos()}. */
  public long activationNanos() {
    return activation;
  }

  /** The device's own account of the dispatch. */
  public StageTimes stages() {
    return stages;
  }

  /** Begins to add up the calls of a run: multiplications, or launches of a program. */
  void begin() {
    calls = 0;
  }

  /** What the next call is to write its times to. */
  StageTimes next() {
    return calls == 0 ? stages : part;
  }

  /** Adds what the last call wrote. */
  void add() {
    if (calls > 0) {
      stages.add(part);
    }
    calls++;
  }

  /** Records a step on the host, which has no stages. */
  void setHost(long nanos) {
    stages.clear();
    set(-1, -1, nanos, 0);
  }

  void set(long quantizeNanos, long dequantizeNanos, long totalNanos, long activationNanos) {
    quantize = quantizeNanos;
    dequantize = dequantizeNanos;
    total = totalNanos;
    activation = activationNanos;
  }
}
