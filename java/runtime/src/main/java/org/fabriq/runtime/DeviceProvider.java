// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.List;

/**
 * Opens one kind of device; found through {@link java.util.ServiceLoader}, so that a module on the
 * class path adds its devices by being there.
 */
public interface DeviceProvider {
  /** The scheme this provider opens, {@code emulation} for instance. */
  String scheme();

  /** One line: what it is and which options it takes. */
  String summary();

  /** An address of this scheme that needs no board, to try the device with. */
  default String example() {
    return scheme();
  }

  /** Addresses of this scheme that can be had one by one, as {@code cpu:java}. */
  default List<String> instances() {
    return List.of();
  }

  /** Whether FabriQ is complete without it, because it needs something that users may not want. */
  default boolean optional() {
    return false;
  }

  /**
   * Says what the device would run on, without keeping it open.
   *
   * @throws DeviceUnavailableException if something is missing; the message says what and how to
   *     get it
   */
  String probe();

  /**
   * Opens the device.
   *
   * @throws DeviceException if that fails, typed by the reason
   */
  Backend open(DeviceAddress address);
}
