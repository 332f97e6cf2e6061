// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds public models; tests that need them are skipped where their folder is not named. */
public final class ModelFolder {
  private ModelFolder() {}

  /** A file of the folder, whether it is there or not. */
  public static Path file(String name) {
    String property = System.getProperty("fabriq.models", "");
    String folder = property.isEmpty() ? System.getenv("FABRIQ_MODELS") : property;
    Assumptions.assumeTrue(
        folder != null && Files.isDirectory(Path.of(folder)),
        "no public models: set -Dfabriq.models or FABRIQ_MODELS to their folder");
    return Path.of(folder, name);
  }
}
