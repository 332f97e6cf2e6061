// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs scripts/build-xclbin.sh. */
record BuildXclbin(int exitCode, String out, String err) {
  static final Path ROOT =
      Path.of(System.getProperty("fabriq.descriptors")).resolve("../..").normalize();

  /** The command that scripts use. */
  static final String FABRIQ = ROOT.resolve("scripts/fabriq").toString();

  /** A folder for xclbins that are planned only. */
  static final String OUT = "/build/out";

  /** Without any tool of the vendor on the PATH. */
  static BuildXclbin of(String... arguments) {
    return of(Map.of("PATH", "/usr/bin:/bin"), arguments);
  }

  /** With these variables added to the environment. */
  static BuildXclbin of(Map<String, String> variables, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("scripts/build-xclbin.sh").toString());
    command.addAll(List.of(arguments));
    try {
      Path errors = Files.createTempFile("build-xclbin", ".err");
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().remove("FABRIQ");
      builder.environment().putAll(variables);
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      int exitCode = process.waitFor();
      String err = Files.readString(errors);
      Files.delete(errors);
      return new BuildXclbin(exitCode, out, err);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
