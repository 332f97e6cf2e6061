// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** Opens {@code opencl:...}: boards and emulations through OpenCL on XRT. */
public final class OpenClDeviceProvider extends BoardDeviceProvider {
  /** For {@link java.util.ServiceLoader}. */
  public OpenClDeviceProvider() {
    super(
        "opencl",
        "OpenCL on XRT",
        "libfabriq_opencl.so",
        "libxilinxopencl.so.2",
        "libxrt1 ocl-icd-libopencl1");
  }
}
