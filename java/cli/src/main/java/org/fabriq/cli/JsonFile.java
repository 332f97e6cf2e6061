// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option {@code --json FILE} of commands that also write what they print. */
final class JsonFile {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "The results are also written to this file, as JSON.")
  private Path file;

  /** Writes what is asked for only then, and says so; nothing if the option was not given. */
  void write(Supplier<? extends JsonNode> results, PrintWriter out) {
    if (file != null) {
      CommandFiles.write(file, results.get());
      out.printf("written: %s%n", file);
    }
  }
}
