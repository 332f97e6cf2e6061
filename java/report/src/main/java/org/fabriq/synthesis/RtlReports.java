// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.kernel.KernelType;

/**
 * What Yosys counts for FabriQ's kernels in SystemVerilog, configuration {@code zynq}: {@code
 * bitstreams/reports} as {@code scripts/synthesize-open.sh} wrote it when this jar was built.
 */
public final class RtlReports {
  private RtlReports() {}

  /** One report for each kernel that was synthesized, in the order of {@link KernelType}. */
  public static List<ResourceReport> load() {
    List<ResourceReport> reports = new ArrayList<>();
    for (KernelType kernel : KernelType.values()) {
      String name = kernel.kernelName() + "_zynq.json";
      try (InputStream in = RtlReports.class.getResourceAsStream("rtl/" + name)) {
        if (in != null) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          reports.addAll(new YosysStat().read(new ReportText(Path.of("shipped", name), text)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(name + " cannot be read; build the jar again", e);
      }
    }
    return List.copyOf(reports);
  }
}
