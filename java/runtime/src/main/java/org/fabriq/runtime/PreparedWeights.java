// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.kernel.MatmulWeights;

/**
 * Weights that are resident on a device, ready for any number of multiplications from any thread.
 * Close them, or the device, to free its memory.
 */
public final class PreparedWeights implements AutoCloseable {
  private final Device device;
  private final MatmulWeights source;
  private final Backend.Resident resident;
  private final UseCount use = new UseCount("Prepared weights");

  PreparedWeights(Device device, MatmulWeights source, Backend.Resident resident) {
    this.device = device;
    this.source = source;
    this.resident = resident;
    device.register(this);
  }

  /** What was prepared. */
  public MatmulWeights source() {
    return source;
  }

  /**
   * Bytes that B takes in the device's memory, the padding of its rows included; column parameters
   * and the rounding of buffers to pages come on top. -1 for devices that compute in Java.
   */
  public long bytesOfB() {
    Backend.Resident entered = enter();
    try {
      return entered.bytesOfB();
    } finally {
      leave();
    }
  }

  /**
   * Frees the weights on the device. Idempotent.
   *
   * @throws DeviceInUseException while a call or a completion uses them; nothing is freed then
   */
  @Override
  public void close() {
    if (use.close()) {
      device.forget(this);
      resident.release();
    }
  }

  Device device() {
    return device;
  }

  /** Keeps device and weights open until {@link #leave}. */
  Backend.Resident enter() {
    device.enter();
    try {
      use.enter();
    } catch (DeviceClosedException e) {
      device.leave();
      throw e;
    }
    return resident;
  }

  void leave() {
    use.leave();
    device.leave();
  }
}
