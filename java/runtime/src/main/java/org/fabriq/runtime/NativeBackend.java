// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.fabriq.bridge.Fabriq.*;

import java.util.Optional;
import java.util.OptionalInt;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;

/** A device behind the C ABI, reached through the JavaCPP bridge. */
final class NativeBackend implements Backend {
  private final DeviceHandle handle = new DeviceHandle();
  private final String description;
  private final boolean simulated;
  private final OptionalInt clockMhz;
  private final Optional<OverlayTarget> overlay;

  /**
   * @param remark for the end of the description, or empty
   * @param simulated whether this CPU computes what kernels would
   * @param overlay the sizes of the device's network_i8, if it has one
   */
  NativeBackend(
      String address,
      String remark,
      boolean simulated,
      OptionalInt clockMhz,
      Optional<OverlayTarget> overlay) {
    this.simulated = simulated;
    this.clockMhz = clockMhz;
    this.overlay = overlay;
    NativeStatus.check(fabriq_device_open(address, handle));
    String own = fabriq_device_description(handle).getString();
    this.description = remark.isEmpty() ? own : own + ", " + remark;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean simulated() {
    return simulated;
  }

  @Override
  public OptionalInt clockMhz() {
    return clockMhz;
  }

  @Override
  public Resident prepare(MatmulWeights weights) {
    return new NativeWeights(handle, weights);
  }

  @Override
  public Optional<OverlayTarget> overlay() {
    return overlay;
  }

  @Override
  public Resident prepare(OverlayProgram program) {
    if (overlay.isEmpty()) {
      throw new DeviceUnavailableException(
          "%s: its xclbin has no network_i8; build one with it (fabriq xclbin build does by"
                  .formatted(description)
              + " default), or run the network layer by layer");
    }
    return new NativeNetwork(handle, program);
  }

  @Override
  public DeviceMemory memory() {
    long[] buffers = new long[1];
    long[] bytes = new long[1];
    NativeStatus.check(fabriq_device_memory(handle, buffers, bytes));
    return new DeviceMemory(buffers[0], bytes[0]);
  }

  @Override
  public void reset() {
    NativeStatus.check(fabriq_device_reset(handle));
  }

  @Override
  public void ping() {
    NativeStatus.check(fabriq_device_ping(handle));
  }

  @Override
  public void close() {
    NativeStatus.check(fabriq_device_close(handle));
  }
}
