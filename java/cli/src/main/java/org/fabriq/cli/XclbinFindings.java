// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.List;
import org.fabriq.board.Finding;
import org.fabriq.xclbin.XclbinChecker;
import org.fabriq.xclbin.XclbinContent;
import org.fabriq.xclbin.XclbinFormatException;

/**
 * What the doctor finds in an xclbin by itself, whatever board is there.
 *
 * @param info what a sound xclbin holds, null for none
 */
record XclbinFindings(XclbinContent info, List<Finding> findings) {
  /** Checks an xclbin; null is none, and gives no findings. */
  static XclbinFindings of(Path file) {
    if (file == null) {
      return new XclbinFindings(null, List.of());
    }
    try {
      XclbinContent info = XclbinChecker.check(file);
      return new XclbinFindings(info, sound(info));
    } catch (XclbinFormatException e) {
      Finding finding = new Finding("xclbin", Finding.State.WRONG, e.getMessage());
      return new XclbinFindings(null, List.of(finding));
    }
  }

  private static List<Finding> sound(XclbinContent info) {
    XclbinFacts facts = new XclbinFacts(info);
    String kernels = "%s; clock %s".formatted(facts.kernels(), facts.clock());
    return List.of(
        ok(
            "xclbin",
            "%s is sound: %s, %,d bytes, uuid %s"
                .formatted(info.file(), facts.target(), info.bytes(), info.uuid())),
        ok("kernels", kernels),
        ok("contract", "%s; manifest: %s".formatted(facts.contract(), facts.manifest())));
  }

  private static Finding ok(String subject, String text) {
    return new Finding(subject, Finding.State.OK, text);
  }
}
