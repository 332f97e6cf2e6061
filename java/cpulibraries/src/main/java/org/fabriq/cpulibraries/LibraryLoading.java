// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.fabriq.runtime.DeviceUnavailableException;

/** Turns the ways in which a native library can be missing into one error. */
final class LibraryLoading {
  private LibraryLoading() {}

  /**
   * Runs what loads a library.
   *
   * @throws DeviceUnavailableException if natives for this platform are missing or do not load
   */
  static void load(String device, Runnable loading) {
    try {
      loading.run();
    } catch (LinkageError | RuntimeException e) {
      throw new DeviceUnavailableException(
          "%s has no natives that load on %s %s (%s); FabriQ carries those of Linux x86-64"
              .formatted(
                  device,
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
  }
}
