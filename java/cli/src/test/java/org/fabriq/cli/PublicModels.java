// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import org.fabriq.testing.ModelFolder;

/** Names the public models of this module's tests. */
final class PublicModels {
  private PublicModels() {}

  static Path file(String name) {
    return ModelFolder.file(name);
  }
}
