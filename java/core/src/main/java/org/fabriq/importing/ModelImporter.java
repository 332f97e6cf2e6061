// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importing;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Reads models in a form of other programs. Implementations are found by {@link ServiceLoader};
 * they are stateless, and any number of threads may share one.
 */
public interface ModelImporter {
  /** The form, as {@code ONNX}. */
  String form();

  /** How names of such files end, as {@code .onnx}. */
  String suffix();

  /**
   * Makes a network of a file.
   *
   * @throws RefusedModelException if operations of the model are not taken; it names all of them
   * @throws org.fabriq.FileFormatException if the file is missing, not of this form, damaged or
   *     over a limit
   */
  ImportedModel read(Path file);

  /** The importers on the class path; none in the archive for boards. */
  static List<ModelImporter> all() {
    return ServiceLoader.load(ModelImporter.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
