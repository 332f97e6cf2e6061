// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for a shared library where the dynamic linker would, without loading it. */
final class SystemLibrary {
  private SystemLibrary() {}

  /**
   * The library's path.
   *
   * @param name as {@code libxrt_coreutil.so.2}
   * @param debianPackage what installs it
   * @throws DeviceUnavailableException if it is nowhere
   */
  static Path find(String name, String debianPackage) {
    for (Path folder : folders()) {
      if (Files.exists(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw new DeviceUnavailableException(
        "%s is not installed; on Debian: apt-get install %s".formatted(name, debianPackage));
  }

  private static List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("LD_LIBRARY_PATH", "").split(":")) {
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder));
      }
    }
    String xrt = System.getenv("XILINX_XRT");
    folders.add(Path.of(xrt == null || xrt.isEmpty() ? "/opt/xilinx/xrt" : xrt, "lib"));
    for (String machine : List.of("x86_64-linux-gnu", "aarch64-linux-gnu", "arm-linux-gnueabihf")) {
      folders.add(Path.of("/usr/lib", machine));
    }
    folders.add(Path.of("/usr/lib"));
    folders.add(Path.of("/usr/local/lib"));
    return folders;
  }
}
