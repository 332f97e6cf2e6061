// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** Opens {@code opencl:...}: boards and emulations through OpenCL on XRT. */
public final class OpenClDeviceProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "opencl";
  }

  @Override
  public String summary() {
    return "boards and XRT's emulations through OpenCL on XRT: opencl:sw_emu, opencl:hw_emu,"
        + " opencl:0; options xclbin=FILE, cu=N";
  }

  @Override
  public String example() {
    return "opencl:sw_emu";
  }

  @Override
  public boolean optional() {
    return true;
  }

  @Override
  public String probe() {
    NativeFiles.get("libfabriq_opencl.so");
    NativeFiles.get("fabriq_emulator");
    return SystemLibrary.find("libxilinxopencl.so.2", "libxrt1 ocl-icd-libopencl1").toString();
  }

  @Override
  public Backend open(DeviceAddress address) {
    return XilinxImages.open(address);
  }
}
