// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.fabriq.bridge.Fabriq;

/**
 * The native files that travel in the jar, unpacked side by side into JavaCPP's cache: the library
 * itself, and beside it what the XRT and OpenCL devices and their emulation need.
 */
public final class NativeFiles {
  private static final List<String> COMPANIONS =
      List.of(
          "libfabriq_xrt.so",
          "libfabriq_opencl.so",
          "libxrt_swemu.so.2",
          "libxrt_hwemu.so.2",
          "libfabriq_kernels.so",
          "fabriq_emulator",
          "fabriq_simulator",
          "fabriq_emulate");

  private static final List<String> OF_BOARDS = List.of("libfabriq_xrt.so", "libfabriq_opencl.so");
  private static final String EMULATING = "linux-x86_64";

  /** The property by which {@code scripts/fabriq} says how much of the checkout is built. */
  private static final String BUILD = "fabriq.build";

  private static final String DEMO = "demo";

  private NativeFiles() {}

  /**
   * The path of a companion file, unpacked if it is not yet. Thread-safe.
   *
   * @param name as {@code fabriq_emulator}
   * @throws DeviceUnavailableException if the jar was built without it, or the cache cannot be
   *     written
   */
  public static Path get(String name) {
    NativeLibrary.load();
    String resource = Loader.getPlatform() + "/" + name;
    try {
      File file = Loader.cacheResource(Fabriq.class, resource);
      if (file == null) {
        throw new DeviceUnavailableException(
            "%s is not in this build for %s; %s"
                .formatted(name, Loader.getPlatform(), remedy(name)));
      }
      if (!Files.isExecutable(file.toPath()) && !file.setExecutable(true)) {
        throw new IOException("cannot be made executable");
      }
      return file.toPath();
    } catch (IOException e) {
      throw new DeviceUnavailableException(
          "%s could not be unpacked (%s); set -Dorg.bytedeco.javacpp.cachedir to a folder that is writable and executable"
              .formatted(name, e.getMessage()));
    }
  }

  /** What to do for a companion file that this build does not have. */
  static String remedy(String name) {
    if (DEMO.equals(System.getProperty(BUILD))) {
      return "this is the demo's build; run scripts/fabriq without --demo, which builds the rest";
    }
    return Loader.getPlatform().equals(EMULATING) || OF_BOARDS.contains(name)
        ? "in a checkout of FabriQ run scripts/setup.sh %s, then build again"
            .formatted(name.equals("fabriq_simulator") ? "--test (for verilator)" : "--xrt")
        : "XRT's emulations are for %s; take the device 'emulation', or a board"
            .formatted(EMULATING);
  }

  /**
   * Unpacks every companion file that this build has, so that native code finds them side by side.
   */
  public static void unpackAll() {
    for (String name : COMPANIONS) {
      if (has(name)) {
        get(name);
      }
    }
  }

  /** Whether this build has a companion file. */
  static boolean has(String name) {
    NativeLibrary.load();
    return Fabriq.class.getResource(Loader.getPlatform() + "/" + name) != null;
  }
}
