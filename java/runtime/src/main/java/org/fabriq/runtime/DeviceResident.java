// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.tensor.Tensor;

/**
 * What lies on a device for any number of runs from any thread: the lifetime and the runs of
 * prepared weights and networks alike. Operands are checked before.
 */
final class DeviceResident implements AutoCloseable {
  private final Device device;
  private final Backend.Resident resident;
  private final UseCount use;

  /**
   * @param name what errors are to call it
   */
  DeviceResident(Device device, String name, Backend.Resident resident) {
    this.device = device;
    this.resident = resident;
    this.use = new UseCount(name);
    device.register(this);
  }

  Device device() {
    return device;
  }

  void run(Tensor a, Tensor c, long timeoutNanos, StageTimes times) {
    enter();
    try {
      if (times == null) {
        resident.run(a, c, timeoutNanos, null);
      } else {
        long start = System.nanoTime();
        resident.run(a, c, timeoutNanos, times);
        times.setCallNanos(System.nanoTime() - start);
      }
    } finally {
      leave();
    }
  }

  Completion submit(Tensor a, Tensor c, long timeoutNanos) {
    enter();
    try {
      return new Completion(this, resident.submit(a, timeoutNanos), c);
    } catch (RuntimeException | Error e) {
      leave();
      throw e;
    }
  }

  /** Bytes in the device's memory, or -1 where it has none of its own. */
  long bytes() {
    enter();
    try {
      return resident.bytes();
    } finally {
      leave();
    }
  }

  /**
   * Frees it on the device. Idempotent.
   *
   * @throws DeviceInUseException while a call or a completion uses it; nothing is freed then
   */
  @Override
  public void close() {
    if (use.close()) {
      device.forget(this);
      resident.release();
    }
  }

  /** Ends the use of a completion that {@link #submit} gave. */
  void leave() {
    use.leave();
    device.leave();
  }

  /** Keeps device and this open until {@link #leave}. */
  private void enter() {
    device.enter();
    try {
      use.enter();
    } catch (DeviceClosedException e) {
      device.leave();
      throw e;
    }
  }
}
