// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importing;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.fabriq.InvalidArgumentException;

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

  /**
   * Makes a network of a file that rounds as the runtime of the file's form does, where FabriQ's
   * own rounding differs from it. Its layers run on every device, which computes the accumulators;
   * the host rounds them.
   *
   * @throws InvalidArgumentException if the form has no rounding of its own; otherwise as {@link
   *     #read}
   */
  default ImportedModel readKeepingRounding(Path file) {
    throw new InvalidArgumentException(
        "%s: files of %s have no rounding that differs from FabriQ's; leave --rounding out"
            .formatted(file, form()));
  }

  /** The importers on the class path; none in the archive for boards. */
  static List<ModelImporter> all() {
    return ServiceLoader.load(ModelImporter.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
