// SPDX-License-Identifier: Apache-2.0
package org.fabriq.image;

import java.nio.file.Path;
import java.util.Map;

/**
 * The file beside an image, {@code <image>.json}: what the image is and where it comes from.
 *
 * @param schema 1; raised when a field changes its meaning
 * @param file name of the image
 * @param bytes its size
 * @param sha256 of the whole file, lower-case hex
 * @param uuid of the header, as XRT prints it
 * @param image what the image states of itself
 * @param sourceCommit of FabriQ, or "unknown"
 * @param tools name to version of what made it
 * @param resources name to count of what it takes of a device; null for emulation
 */
public record ImageManifest(
    int schema,
    String file,
    long bytes,
    String sha256,
    String uuid,
    ImageMetadata image,
    String sourceCommit,
    Map<String, String> tools,
    Map<String, Long> resources) {
  /** The schema this version writes. */
  public static final int SCHEMA = 1;

  /** Where an image's manifest is. */
  public static Path beside(Path image) {
    return image.resolveSibling(image.getFileName() + ".json");
  }
}
