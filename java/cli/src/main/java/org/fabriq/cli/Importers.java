// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;
import org.fabriq.importing.ModelImporter;

/** Chooses the importer of a file by how its name ends. */
final class Importers {
  private Importers() {}

  /**
   * The importer of a file.
   *
   * @throws InvalidArgumentException if there is none on the class path, or none for such names
   */
  static ModelImporter of(Path file) {
    List<ModelImporter> there = ModelImporter.all();
    if (there.isEmpty()) {
      throw new InvalidArgumentException(
          ("%s: no importers here, as on a board; run 'fabriq import' on a workstation, in a"
                  + " checkout or the whole archive, and bring the .npz and .json that it writes")
              .formatted(file));
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    return there.stream()
        .filter(each -> name.endsWith(each.suffix()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    ("%s: 'fabriq import' takes %s; name such a file, or give FabriQ's own files"
                            + " to --weights of other commands")
                        .formatted(
                            file,
                            there.stream()
                                .map(each -> "%s (%s)".formatted(each.suffix(), each.form()))
                                .collect(Collectors.joining(", ")))));
  }
}
