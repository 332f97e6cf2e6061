// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.kernel.JavaMatmul;

/** Opens {@code cpu}: {@link JavaMatmul} in the calling thread. */
public final class CpuDeviceProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "cpu";
  }

  @Override
  public String summary() {
    return "fast portable Java on one core per calling thread: the CPU opponent";
  }

  @Override
  public String probe() {
    return "Java %d, %s, %d processors"
        .formatted(
            Runtime.version().feature(),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }

  @Override
  public Backend open(DeviceAddress address) {
    address.requirePlain();
    return new JavaBackend(
        "FabriQ portable Java kernels, Java %s, 1 thread per call".formatted(Runtime.version()),
        weights -> new JavaMatmul(weights)::multiply);
  }
}
