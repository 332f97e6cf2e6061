// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.fabriq.FileFormatException;
import org.fabriq.importers.lowering.Lowering;
import org.fabriq.importing.ImportedModel;
import org.fabriq.importing.ModelImporter;
import org.fabriq.io.IoReason;

/** Reads models of TensorFlow Lite, in fp32 or in int8. */
public final class TfliteImporter implements ModelImporter {
  @Override
  public String form() {
    return "TensorFlow Lite";
  }

  @Override
  public String suffix() {
    return ".tflite";
  }

  @Override
  public ImportedModel read(Path file) {
    return read(file.toString(), bytes(file), false);
  }

  @Override
  public ImportedModel readKeepingRounding(Path file) {
    return read(file.toString(), bytes(file), true);
  }

  /** The network of a file's content, with FabriQ's rounding or that of the file's runtime. */
  static ImportedModel read(String file, byte[] content, boolean keepRounding) {
    TfliteModel model = TfliteReader.read(file, content);
    ImportedModel imported = Lowering.network(Translation.graph(model));
    return keepRounding ? TfliteRounding.keep(model, imported) : imported;
  }

  private static byte[] bytes(Path file) {
    try {
      TfliteReader.checkLength(file.toString(), Files.size(file));
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new FileFormatException(file.toString(), "no such file", "check the path", e);
    } catch (IOException e) {
      throw new FileFormatException(
          file.toString(), "cannot be read: " + IoReason.of(e), "check its permissions", e);
    }
  }
}
