// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The commands on the path that FabriQ is built and tested with. */
final class BuildTools {
  private static final String BUILD = "scripts/setup.sh";
  private static final String TEST = "scripts/setup.sh --test";

  private BuildTools() {}

  /** Prints where each is, or how to get it. */
  static void print(PrintWriter out) {
    out.println("For building and testing (not needed to run):");
    tool(out, "cmake", "cmake", "cmake", BUILD);
    tool(out, "ninja", "ninja", "ninja-build", BUILD);
    tool(out, "g++", Pattern.quote("g++"), "g++", BUILD);
    tool(out, "clang-format", "clang-format(-\\d+)?", "clang-format", TEST);
    tool(out, "shellcheck", "shellcheck", "shellcheck", TEST);
  }

  /** Looks for a command whose file's name is of a pattern. */
  private static void tool(
      PrintWriter out, String name, String pattern, String debianPackage, String script) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      String[] files = new File(folder).list((dir, file) -> file.matches(pattern));
      for (String file : files == null ? new String[0] : files) {
        if (Files.isExecutable(Path.of(folder, file))) {
          out.printf("%-16s ok: %s%n", name, Path.of(folder, file));
          return;
        }
      }
    }
    out.printf(
        "%-16s missing: apt-get install %s, or %s in a checkout of FabriQ%n",
        name, debianPackage, script);
  }
}
