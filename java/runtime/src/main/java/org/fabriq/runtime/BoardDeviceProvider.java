// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.xclbin.XclbinTarget;

/** What the devices on XRT have in common: boards and emulations, by one API of XRT or another. */
abstract class BoardDeviceProvider implements DeviceProvider {
  private final String scheme;
  private final String api;
  private final String ownLibrary;
  private final String systemLibrary;
  private final String debianPackages;

  /**
   * @param api the end of "through ..."
   * @param ownLibrary of the jar
   * @param systemLibrary that it needs, and the packages that have it
   */
  BoardDeviceProvider(
      String scheme, String api, String ownLibrary, String systemLibrary, String debianPackages) {
    this.scheme = scheme;
    this.api = api;
    this.ownLibrary = ownLibrary;
    this.systemLibrary = systemLibrary;
    this.debianPackages = debianPackages;
  }

  @Override
  public final String scheme() {
    return scheme;
  }

  @Override
  public final String summary() {
    return ("boards and XRT's emulations through %1$s: %2$s:sw_emu, %2$s:hw_emu, %2$s:0; options"
            + " xclbin=FILE, cu=N; hw_emu also model=rtl|cpp, and with rtl latency, bandwidth,"
            + " shared, trace=FILE.fst, trace-limit=SIZE")
        .formatted(api, scheme);
  }

  @Override
  public final String example() {
    return scheme + ":sw_emu";
  }

  @Override
  public final boolean optional() {
    return true;
  }

  @Override
  public final String probe() {
    NativeFiles.get(ownLibrary);
    return SystemLibrary.find(systemLibrary, debianPackages) + "; " + emulations();
  }

  /** Which of the emulations this build has, and what to do for the others. */
  private static String emulations() {
    return EmulationModel.HOST.inBuild()
        ? "sw_emu and hw_emu, the latter with %s"
            .formatted(EmulationModel.preferred(XclbinTarget.HW_EMU).description())
        : "boards alone, since the emulations are not in this build: "
            + EmulationModel.HOST.remedy();
  }

  @Override
  public final Backend open(DeviceAddress address) {
    return XclbinDevices.open(address);
  }
}
