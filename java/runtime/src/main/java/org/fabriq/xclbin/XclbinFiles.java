// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.io.WholeFiles;

/** Writes xclbins and manifests so that a reader sees each of them whole or not at all. */
final class XclbinFiles {
  private XclbinFiles() {}

  /**
   * Writes xclbin and manifest.
   *
   * @param tools name to version, beside FabriQ and Java
   */
  static XclbinManifest write(Path file, XclbinBuilder.Xclbin xclbin, Map<String, String> tools) {
    replace(file, xclbin.bytes());
    return writeManifest(file, xclbin, tools);
  }

  /** Writes the manifest of an xclbin that is there. */
  static XclbinManifest writeManifest(
      Path file, XclbinBuilder.Xclbin xclbin, Map<String, String> tools) {
    Map<String, String> all = new TreeMap<>(tools);
    all.put("fabriq", Provenance.version());
    all.put("java", Runtime.version().toString());
    XclbinManifest manifest =
        new XclbinManifest(
            XclbinManifest.SCHEMA,
            file.getFileName().toString(),
            xclbin.bytes().length,
            Digest.sha256(xclbin.bytes()),
            Digest.uuidText(xclbin.uuid()),
            xclbin.metadata(),
            Provenance.sourceCommit(),
            all,
            null);
    replace(XclbinManifest.beside(file), XclbinJson.bytes(manifest));
    return manifest;
  }

  private static void replace(Path file, byte[] content) {
    try (WholeFiles files = new WholeFiles()) {
      Files.write(files.part(file), content);
      files.finish();
    } catch (IOException e) {
      throw new XclbinFormatException(
          file.toString(),
          "cannot be written: " + e,
          "check that its folder exists, is writable and has space",
          e);
    }
  }
}
