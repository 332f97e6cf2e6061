// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options {@code --json} and {@code --csv} of commands that also write what they print. */
final class ResultFiles {
  @Mixin private JsonFile json;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "The results are also written to this file, as CSV.")
  private Path csv;

  /** As {@link JsonFile#write}, both. */
  void write(Supplier<? extends JsonNode> asJson, Supplier<String> asCsv, PrintWriter out) {
    json.write(asJson, out);
    if (csv != null) {
      CommandFiles.writeText(csv, asCsv.get());
      out.printf("written: %s%n", csv);
    }
  }
}
