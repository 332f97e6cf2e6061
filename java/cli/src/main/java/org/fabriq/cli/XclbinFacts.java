// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.fabriq.xclbin.XclbinContent;
import org.fabriq.xclbin.XclbinManifest;
import org.fabriq.xclbin.XclbinMetadata;

/** What a sound xclbin holds, in the words that all commands say it with. */
record XclbinFacts(XclbinContent info) {
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
    return info.kernels().stream().map(XclbinFacts::kernel).collect(Collectors.joining(", "));
  }

  private static String kernel(XclbinContent.Kernel kernel) {
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
    XclbinMetadata stated = info.metadata() == null ? info.manifest().xclbin() : info.metadata();
    List<XclbinMetadata.Kernel> kernels = stated.kernels();
    return kernels.stream()
        .map(kernel -> kernel.contract().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** How the manifest beside the file compares, and what it says of the file's origin. */
  String manifest() {
    XclbinManifest manifest = info.manifest();
    return manifest == null
        ? "none"
        : "matches; source commit %s, tools %s"
            .formatted(manifest.sourceCommit(), manifest.tools());
  }
}
