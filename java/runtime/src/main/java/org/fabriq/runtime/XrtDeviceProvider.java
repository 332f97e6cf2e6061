// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** Opens {@code xrt:...}: boards and emulations through libxrt's native API. */
public final class XrtDeviceProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "xrt";
  }

  @Override
  public String summary() {
    return "boards and XRT's emulations through libxrt's native API: xrt:sw_emu, xrt:hw_emu, xrt:0;"
        + " options xclbin=FILE, cu=N";
  }

  @Override
  public String example() {
    return "xrt:sw_emu";
  }

  @Override
  public boolean optional() {
    return true;
  }

  @Override
  public String probe() {
    NativeFiles.get("libfabriq_xrt.so");
    NativeFiles.get("fabriq_emulator");
    return SystemLibrary.find("libxrt_coreutil.so.2", "libxrt1").toString();
  }

  @Override
  public Backend open(DeviceAddress address) {
    return XilinxImages.open(address);
  }
}
