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

  /**
   * Checks an image that another tool made, and writes its manifest beside it: that its kernels are
   * those of the descriptors, their numeric contract among it. A manifest that is there is
   * replaced.
   *
   * @param clockMhz of the kernels, for an image that does not state it; null for one that does
   * @param tools name to version of what made it
   * @throws ImageFormatException if the image is not sound, states no clock where none is given, or
   *     its folder is not writable
   */
  public static ImageManifest describe(Path image, Integer clockMhz, Map<String, String> tools) {
    byte[] content = ImageChecker.read(image);
    ImageInfo info = ImageChecker.checkAlone(content, image);
    Integer clock = info.clockMhz() == null ? clockMhz : info.clockMhz();
    if (clock == null) {
      throw new ImageFormatException(
          image.toString(), "states no kernel clock", "give it with --clock MHZ", null);
    }
    ImageMetadata metadata =
        info.metadata() == null ? ImageMetadata.of(info, clock) : info.metadata();
    return ImageFiles.writeManifest(image, new ImageBuilder.Image(content, metadata), tools);
  }

  /** Where an image's manifest is. */
  public static Path beside(Path image) {
    return image.resolveSibling(image.getFileName() + ".json");
  }
}
