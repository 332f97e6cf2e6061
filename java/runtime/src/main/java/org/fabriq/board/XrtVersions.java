// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compares XRT's library with the kernel driver; they belong together. */
final class XrtVersions {
  /** What FabriQ's own library is linked with. */
  private static final String LIBRARY = "libxrt_coreutil.so.2";

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)?");

  private XrtVersions() {}

  static Finding compare(HostFiles files, String driver) {
    Optional<String> library = library(files);
    if (library.isEmpty()) {
      return Finding.wrong(
          "versions",
          LIBRARY
              + " is not installed; install XRT of the driver's version (Debian: apt-get install"
              + " libxrt1)");
    }
    Optional<String> loaded =
        files.text("/sys/module/" + driver + "/version").flatMap(XrtVersions::of);
    String text =
        "library %s, driver %s".formatted(library.get(), loaded.orElse("of unknown version"));
    boolean known = loaded.isPresent() && library.get().contains(".");
    return !known || loaded.equals(library)
        ? Finding.ok("versions", text)
        : Finding.warning("versions", text + "; install the two of one XRT release");
  }

  /** Of the newest library beside the name that is linked with, as {@code 2.13}. */
  private static Optional<String> library(HostFiles files) {
    return Stream.concat(
            Stream.of("/opt/xilinx/xrt/lib", "/usr/lib", "/usr/local/lib"),
            List.of("x86_64-linux-gnu", "aarch64-linux-gnu", "arm-linux-gnueabihf").stream()
                .map(machine -> "/usr/lib/" + machine))
        .flatMap(folder -> files.list(folder).stream())
        .map(path -> path.getFileName().toString())
        .filter(name -> name.startsWith(LIBRARY))
        .map(name -> name.substring("libxrt_coreutil.so.".length()))
        .flatMap(version -> of(version).stream())
        .reduce((first, second) -> second);
  }

  private static Optional<String> of(String text) {
    Matcher version = VERSION.matcher(text);
    return version.find() ? Optional.of(version.group()) : Optional.empty();
  }
}
