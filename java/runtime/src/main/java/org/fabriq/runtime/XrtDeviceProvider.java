// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** Opens {@code xrt:...}: boards and emulations through libxrt's native API. */
public final class XrtDeviceProvider extends BoardDeviceProvider {
  /** For {@link java.util.ServiceLoader}. */
  public XrtDeviceProvider() {
    super("xrt", "libxrt's native API", "libfabriq_xrt.so", "libxrt_coreutil.so.2", "libxrt1");
  }
}
