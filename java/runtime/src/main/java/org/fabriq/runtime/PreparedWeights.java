// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.kernel.MatmulWeights;

/**
 * Weights that are resident on a device, ready for any number of multiplications from any thread.
 * Close them, or the device, to free its memory.
 */
public final class PreparedWeights implements AutoCloseable {
  private final MatmulWeights source;
  private final DeviceResident resident;

  PreparedWeights(Device device, MatmulWeights source, Backend.Resident resident) {
    this.source = source;
    this.resident = new DeviceResident(device, "Prepared weights", resident);
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
    return resident.bytes();
  }

  /**
   * Frees the weights on the device. Idempotent.
   *
   * @throws DeviceInUseException while a call or a completion uses them; nothing is freed then
   */
  @Override
  public void close() {
    resident.close();
  }

  DeviceResident resident() {
    return resident;
  }
}
