// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Where the time of one multiplication went, in nanoseconds of the monotonic clock. Made once and
 * passed again and again: each run overwrites it. For use by one thread.
 */
public final class StageTimes {
  /** Clock cycles of the kernel; the order is that of the C ABI's timing array. */
  public enum Cycles {
    /** From start to done. */
    BUSY,
    /** The array of multipliers takes operands. */
    COMPUTING,
    /** The array could work but waits for A. */
    STALLED_ON_A,
    /** The array could work but waits for B or column parameters. */
    STALLED_ON_B,
    /** The array could work but there is no room for results. */
    STALLED_ON_C
  }

  private static final int CYCLES = DeviceStage.values().length;
  private static final int VALUES = CYCLES + Cycles.values().length;

  private final LongBuffer values =
      ByteBuffer.allocateDirect(VALUES * Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
  private long callNanos;

  /** No time, no stages, cycles unknown. */
  public StageTimes() {
    clear();
  }

  /** Nanoseconds of a stage, or -1 where the device does not have it. */
  public long nanos(DeviceStage stage) {
    return values.get(stage.ordinal());
  }

  /** Clock cycles of the kernel from start to done, or -1 where the device cannot tell. */
  public long cycles() {
    return cycles(Cycles.BUSY);
  }

  /** Clock cycles of a kind, or -1 where the device cannot tell. */
  public long cycles(Cycles kind) {
    return values.get(CYCLES + kind.ordinal());
  }

  /** Nanoseconds of the whole call as the caller saw it. */
  public long callNanos() {
    return callNanos;
  }

  /**
   * What crossing from Java to the device's code and back cost: the call less {@link
   * DeviceStage#TOTAL}.
   */
  public long bridgeNanos() {
    return Math.max(0, callNanos - nanos(DeviceStage.TOTAL));
  }

  /** Adds the times and cycles of another multiplication; what one does not know stays unknown. */
  public void add(StageTimes other) {
    for (int i = 0; i < VALUES; i++) {
      boolean known = values.get(i) >= 0 && other.values.get(i) >= 0;
      values.put(i, known ? values.get(i) + other.values.get(i) : -1);
    }
    callNanos += other.callNanos;
  }

  /** Forgets all: no time, no stages, cycles unknown. */
  public void clear() {
    setKernelOnly(0);
    callNanos = 0;
  }

  /** Records a run that computed in the calling thread: all of it is kernel time. */
  void setKernelOnly(long nanos) {
    for (int i = 0; i < VALUES; i++) {
      values.put(i, -1);
    }
    values.put(DeviceStage.KERNEL.ordinal(), nanos);
    values.put(DeviceStage.TOTAL.ordinal(), nanos);
  }

  void copyFrom(StageTimes other) {
    values.put(0, other.values, 0, VALUES);
  }

  void setCallNanos(long nanos) {
    callNanos = nanos;
  }

  LongBuffer values() {
    return values;
  }
}
