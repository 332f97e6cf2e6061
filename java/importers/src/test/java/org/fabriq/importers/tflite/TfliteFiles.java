// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Public models of TensorFlow Lite, where there are any. */
final class TfliteFiles {
  private TfliteFiles() {}

  /** A file; skips the test, saying so, where the folder of models is not given. */
  static Path find(String name) {
    String folder = System.getProperty("fabriq.models", "");
    if (folder.isBlank()) {
      folder = System.getenv().getOrDefault("FABRIQ_MODELS", "");
    }
    assumeTrue(
        !folder.isBlank(),
        "no folder of public models: give -Dfabriq.models=DIR or set FABRIQ_MODELS");
    Path file = Path.of(folder, "mlperf-tiny", name);
    assumeTrue(Files.exists(file), "there is no " + file);
    return file;
  }
}
