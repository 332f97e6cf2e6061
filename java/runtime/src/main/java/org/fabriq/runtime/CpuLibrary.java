// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A way of multiplying on the CPU; opens the device {@code cpu:NAME}. Found through {@link
 * ServiceLoader}, so that a module on the class path adds its opponents by being there.
 */
public interface CpuLibrary {
  /** The instance in an address, {@code java} of {@code cpu:java}. */
  String name();

  /** One line: what it is. */
  String summary();

  /** Whether it can use several cores for one multiplication (option {@code threads}). */
  boolean multithreaded();

  /**
   * Loads the library.
   *
   * @param threads cores for one multiplication, 1 or above
   * @throws DeviceUnavailableException if something is missing; the message says what and how to
   *     get it
   */
  CpuArithmetic open(int threads);

  /** All on the class path, by name. */
  static List<CpuLibrary> all() {
    return ServiceLoader.load(CpuLibrary.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(CpuLibrary::name))
        .toList();
  }
}
