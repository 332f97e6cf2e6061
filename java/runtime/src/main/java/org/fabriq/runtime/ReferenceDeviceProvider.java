// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/**
 * Opens {@code reference}: the definitions in the calling thread, {@link
 * org.fabriq.kernel.ReferenceMatmul} and {@link org.fabriq.overlay.ReferenceOverlay}.
 */
public final class ReferenceDeviceProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "reference";
  }

  @Override
  public String summary() {
    return "slow, obvious Java: the definition of the numbers";
  }

  @Override
  public String probe() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public Backend open(DeviceAddress address) {
    address.requirePlain();
    return new JavaBackend(new ReferenceArithmetic());
  }
}
