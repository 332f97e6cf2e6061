// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.bytedeco.javacpp.Loader;
import org.fabriq.bridge.Fabriq;

/**
 * Loads the bridge and the native library out of the jar, and says what is missing if that fails.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  /** Loads once; a failure is the same at every call. */
  static void load() {
    try {
      Loader.load(Fabriq.class);
    } catch (LinkageError e) {
      throw new DeviceUnavailableException(
          ("The native library for %s could not be loaded (%s); use a fabriq-runtime jar built for"
                  + " this platform, or build it there with scripts/setup.sh and mvn package")
              .formatted(Loader.getPlatform(), rootMessage(e)));
    }
  }

  /** The native library's name and version. */
  static String version() {
    load();
    return Fabriq.fabriq_version().getString();
  }

  private static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
