// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.runtime.CpuLibrary;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceUnavailableException;

/** The CPU devices that a device is measured against. */
final class Opponents {
  private Opponents() {}

  /**
   * Every {@code cpu:NAME} that is there, with one thread; where there are several, {@code cpu}
   * with all cores too.
   */
  static List<String> available() {
    List<String> available = new ArrayList<>();
    for (CpuLibrary library : CpuLibrary.all()) {
      try (Device opened = Device.open("cpu:" + library.name())) {
        available.add(opened.address());
      } catch (DeviceUnavailableException e) {
        continue;
      }
    }
    int processors = Runtime.getRuntime().availableProcessors();
    if (processors > 1 && available.size() > 1) {
      available.add("cpu?threads=" + processors);
    }
    return available;
  }
}
