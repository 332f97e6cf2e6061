// SPDX-License-Identifier: Apache-2.0
package org.fabriq.image;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/** Writes images and manifests so that a reader sees each of them whole or not at all. */
final class ImageFiles {
  private ImageFiles() {}

  /**
   * Writes image and manifest.
   *
   * @param tools name to version, beside FabriQ and Java
   */
  static ImageManifest write(Path file, ImageBuilder.Image image, Map<String, String> tools) {
    replace(file, image.bytes());
    return writeManifest(file, image, tools);
  }

  /** Writes the manifest of an image that is there. */
  static ImageManifest writeManifest(
      Path file, ImageBuilder.Image image, Map<String, String> tools) {
    Map<String, String> all = new TreeMap<>(tools);
    all.put("fabriq", Provenance.version());
    all.put("java", Runtime.version().toString());
    ImageManifest manifest =
        new ImageManifest(
            ImageManifest.SCHEMA,
            file.getFileName().toString(),
            image.bytes().length,
            Digest.sha256(image.bytes()),
            Digest.uuidText(image.uuid()),
            image.metadata(),
            Provenance.sourceCommit(),
            all,
            null);
    replace(ImageManifest.beside(file), ImageJson.bytes(manifest));
    return manifest;
  }

  private static void replace(Path file, byte[] content) {
    try {
      move(file, content);
    } catch (IOException e) {
      throw new ImageFormatException(
          file.toString(),
          "cannot be written: " + e,
          "check that its folder exists, is writable and has space",
          e);
    }
  }

  private static void move(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".part");
    try {
      Files.write(temporary, content);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
