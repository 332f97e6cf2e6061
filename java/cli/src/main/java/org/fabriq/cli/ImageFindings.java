// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.List;
import org.fabriq.board.Finding;
import org.fabriq.image.ImageChecker;
import org.fabriq.image.ImageFormatException;
import org.fabriq.image.ImageInfo;

/**
 * What the doctor finds in an image by itself, whatever board is there.
 *
 * @param info what a sound image holds, null for none
 */
record ImageFindings(ImageInfo info, List<Finding> findings) {
  /** Checks an image; null is none, and gives no findings. */
  static ImageFindings of(Path file) {
    if (file == null) {
      return new ImageFindings(null, List.of());
    }
    try {
      ImageInfo info = ImageChecker.check(file);
      return new ImageFindings(info, sound(info));
    } catch (ImageFormatException e) {
      Finding finding = new Finding("image", Finding.State.WRONG, e.getMessage());
      return new ImageFindings(null, List.of(finding));
    }
  }

  private static List<Finding> sound(ImageInfo info) {
    ImageFacts facts = new ImageFacts(info);
    String kernels = "%s; clock %s".formatted(facts.kernels(), facts.clock());
    return List.of(
        ok(
            "image",
            "%s is sound: %s, %,d bytes, uuid %s"
                .formatted(info.file(), facts.target(), info.bytes(), info.uuid())),
        ok("kernels", kernels),
        ok("contract", "%s; manifest: %s".formatted(facts.contract(), facts.manifest())));
  }

  private static Finding ok(String subject, String text) {
    return new Finding(subject, Finding.State.OK, text);
  }
}
