// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * kernel_util_synthed.rpt, _placed.rpt and _routed.rpt of a v++ link (Vivado's
 * report_accelerator_utilization): one entry for each kernel, all its compute units together. "User
 * Budget" is what the platform leaves. Block RAM is counted in tiles, of two 18 Kbit halves.
 */
final class KernelUtilization implements ReportFormat {
  private static final Pattern VERSION = Pattern.compile("Tool Version +: (Vivado v\\.\\S+)");
  private static final Pattern PART = Pattern.compile("\\| Device +: (\\S+)");
  private static final Pattern HEAD = Pattern.compile("^\\| +Name +\\| +LUT +\\|");
  private static final Pattern BUDGET = Pattern.compile("^\\| +User Budget +\\|");
  private static final Pattern UNUSED = Pattern.compile("^\\| +Unused Resources +\\|");

  private static final Pattern END = Pattern.compile("^\\+-[-+]*-\\+$");

  @Override
  public boolean recognizes(ReportText text) {
    return text.startsWith("report_accelerator_utilization", 20)
        || text.startsWith("Accelerator Utilization", 20);
  }

  @Override
  public List<ResourceReport> read(ReportText text) {
    int head = text.require(HEAD, 1, "the table of kernels, '| Name | LUT | ...'");
    int budget = text.require(BUDGET, head, "row 'User Budget'");
    int unused = text.require(UNUSED, budget, "row 'Unused Resources'");
    text.require(END, unused, "the rule that ends the table");
    List<String> names = text.cells(head);
    List<ResourceReport> kernels = new ArrayList<>();
    for (int i = unused + 1; i <= text.lineCount() && text.line(i).startsWith("|"); i++) {
      if (text.line(i).startsWith("|    ")) {
        continue;
      }
      kernels.add(
          new ResourceReport(
              text.cells(i).get(0),
              ReportKind.KERNEL_UTILIZATION,
              text.first(VERSION),
              text.first(PART),
              counts(text, names, i),
              counts(text, names, budget),
              ClockEstimate.UNKNOWN,
              CycleEstimate.UNKNOWN,
              text.file().toString()));
    }
    if (kernels.isEmpty()) {
      throw text.error(unused, "no kernel after it", "a row for each kernel");
    }
    return kernels;
  }

  private static ResourceCounts counts(ReportText text, List<String> names, int line) {
    List<String> cells = text.cells(line);
    if (cells.size() != names.size()) {
      throw text.error(line, cells.size() + " columns", names.size() + " as in the header");
    }
    Map<Resource, Long> counts = new EnumMap<>(Resource.class);
    for (int i = 1; i < names.size(); i++) {
      Resource resource =
          switch (names.get(i)) {
            case "LUT" -> Resource.LUT;
            case "REG" -> Resource.FF;
            case "BRAM" -> Resource.BRAM_18K;
            case "URAM" -> Resource.URAM;
            case "DSP" -> Resource.DSP;
            default -> null;
          };
      if (resource != null) {
        int halves = resource == Resource.BRAM_18K ? 2 : 1;
        text.number(line, cells.get(i))
            .ifPresent(number -> counts.put(resource, ReportText.whole(halves * number)));
      }
    }
    return new ResourceCounts(counts);
  }
}
