// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.fabriq.image.ImageInfo;
import org.fabriq.image.ImageManifest;
import org.fabriq.image.ImageMetadata;

/** What a sound image holds, in the words that all commands say it with. */
record ImageFacts(ImageInfo info) {
  /** As {@code hw_emu on fabriq_emulation}; of a board's, the part too. */
  String target() {
    String part = info.part() == null ? "" : ", part " + info.part();
    return "%s on %s%s".formatted(info.target(), info.platform(), part);
  }

  String clock() {
    return info.clockMhz() == null ? "not stated" : info.clockMhz() + " MHz";
  }

  /** As {@code matmul_i8i8 (2 instances), vector_add (1 instance, not one of FabriQ's)}. */
  String kernels() {
    return info.kernels().stream().map(ImageFacts::kernel).collect(Collectors.joining(", "));
  }

  private static String kernel(ImageInfo.Kernel kernel) {
    int count = kernel.instances().size();
    return "%s (%d instance%s%s)"
        .formatted(
            kernel.name(),
            count,
            count == 1 ? "" : "s",
            kernel.known() ? "" : ", not one of FabriQ's");
  }

  /** Names and versions of the numeric contracts. */
  String contract() {
    if (!info.contractStated()) {
      return "not stated";
    }
    ImageMetadata stated = info.metadata() == null ? info.manifest().image() : info.metadata();
    List<ImageMetadata.Kernel> kernels = stated.kernels();
    return kernels.stream()
        .map(kernel -> kernel.contract().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** How the manifest beside the file compares, and what it says of the file's origin. */
  String manifest() {
    ImageManifest manifest = info.manifest();
    return manifest == null
        ? "none"
        : "matches; source commit %s, tools %s"
            .formatted(manifest.sourceCommit(), manifest.tools());
  }
}
