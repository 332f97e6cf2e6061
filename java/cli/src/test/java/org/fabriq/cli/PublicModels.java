// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The folder of public models; tests that need it are skipped where it is not named. */
final class PublicModels {
  private PublicModels() {}

  static Path file(String name) {
    String property = System.getProperty("fabriq.models", "");
    String folder = property.isEmpty() ? System.getenv("FABRIQ_MODELS") : property;
    Assumptions.assumeTrue(
        folder != null && Files.isDirectory(Path.of(folder)),
        "no public models: set -Dfabriq.models or FABRIQ_MODELS to their folder");
    return Path.of(folder, name);
  }
}
