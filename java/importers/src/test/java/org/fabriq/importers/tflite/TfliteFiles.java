// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.testing.ModelFolder;

/** Public models of TensorFlow Lite, where there are any. */
final class TfliteFiles {
  private TfliteFiles() {}

  /** A file; skips the test, saying so, where there is none. */
  static Path find(String name) {
    Path file = ModelFolder.file("mlperf-tiny/" + name);
    assumeTrue(Files.exists(file), "there is no " + file);
    return file;
  }
}
