// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.Optional;
import java.util.OptionalInt;
import org.fabriq.overlay.OverlayTarget;

/**
 * Opens {@code emulation}: the HLS kernels, compiled for the host and run in this process by the
 * native library that travels in the jar.
 */
public final class EmulationDeviceProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "emulation";
  }

  @Override
  public String summary() {
    return "the HLS kernels compiled for this host, in process; options threads=N, stall=TIME";
  }

  @Override
  public String probe() {
    return NativeLibrary.version();
  }

  @Override
  public Backend open(DeviceAddress address) {
    NativeLibrary.load();
    return new NativeBackend(
        address.deviceText(), "", true, OptionalInt.empty(), Optional.of(OverlayTarget.DEFAULT));
  }
}
