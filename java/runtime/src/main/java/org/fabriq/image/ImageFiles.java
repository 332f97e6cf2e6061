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

  static ImageManifest write(Path file, ImageBuilder.Image image) {
    ImageManifest manifest = manifest(file, image);
    try {
      move(file, image.bytes());
      move(ImageManifest.beside(file), ImageJson.bytes(manifest));
    } catch (IOException e) {
      throw new ImageFormatException(
          file.toString(),
          "cannot be written: " + e,
          "check that its folder exists, is writable and has space",
          e);
    }
    return manifest;
  }

  private static ImageManifest manifest(Path file, ImageBuilder.Image image) {
    Map<String, String> tools = new TreeMap<>();
    tools.put("fabriq", Provenance.version());
    tools.put("java", Runtime.version().toString());
    return new ImageManifest(
        ImageManifest.SCHEMA,
        file.getFileName().toString(),
        image.bytes().length,
        Digest.sha256(image.bytes()),
        Digest.uuidText(image.uuid()),
        image.metadata(),
        Provenance.sourceCommit(),
        tools,
        null);
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
