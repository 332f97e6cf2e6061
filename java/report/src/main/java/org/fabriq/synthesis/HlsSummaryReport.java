// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * csynth.rpt of Vitis HLS from 2020.2 on, the "Synthesis Summary Report": one row for each module
 * and loop, of which the first is the top function. Its two header lines share the table's columns.
 * It tells slack but no period.
 */
final class HlsSummaryReport implements ReportFormat {
  private static final Pattern TITLE = Pattern.compile("== Synthesis Summary Report of '(.+)'");
  private static final Pattern VERSION = Pattern.compile("\\* Version: +([0-9.]+)");
  private static final Pattern PART = Pattern.compile("\\* Target device: +(\\S+)");
  private static final Pattern SECTION = Pattern.compile("^\\+ Performance & Resource Estimates");
  private static final Pattern HEAD = Pattern.compile("\\| +Modules +\\|");
  private static final Pattern END = Pattern.compile("^\\s*\\+-[-+]*-\\+\\s*$");
  private static final Pattern TOP = Pattern.compile("^\\s*\\| ?\\+");

  @Override
  public boolean recognizes(ReportText text) {
    return text.startsWith("== Synthesis Summary Report of '", 5);
  }

  @Override
  public List<ResourceReport> read(ReportText text) {
    int section = text.require(SECTION, 1, "section '+ Performance & Resource Estimates'");
    int head = text.require(HEAD, section, "the table of modules");
    int line = text.require(TOP, head, "the top function's row, '|+ NAME'");
    text.require(END, line, "the rule that ends the table");
    List<String> above = text.cells(head);
    List<String> below = text.cells(head + 1);
    List<String> cells = text.cells(line);
    if (below.size() != above.size() || cells.size() != above.size()) {
      throw text.error(line, cells.size() + " columns", above.size() + " as in the header");
    }
    Map<Resource, Long> counts = new EnumMap<>(Resource.class);
    OptionalLong latency = OptionalLong.empty();
    OptionalLong interval = OptionalLong.empty();
    for (int i = 1; i < cells.size(); i++) {
      String name = (above.get(i) + " " + below.get(i)).strip();
      String cell = cells.get(i);
      switch (name) {
        case "Latency (cycles)" -> latency = bound(text, line, cell);
        case "Interval" -> interval = bound(text, line, cell);
        case "BRAM" -> put(counts, Resource.BRAM_18K, text.count(line, cell));
        case "DSP" -> put(counts, Resource.DSP, text.count(line, cell));
        case "FF" -> put(counts, Resource.FF, text.count(line, cell));
        case "LUT" -> put(counts, Resource.LUT, text.count(line, cell));
        case "URAM" -> put(counts, Resource.URAM, text.count(line, cell));
        default -> {}
      }
    }
    if (!counts.containsKey(Resource.LUT)) {
      throw text.error(head, "no column LUT", "columns BRAM, DSP, FF, LUT");
    }
    return List.of(
        new ResourceReport(
            text.first(TITLE),
            ReportKind.CSYNTH_SUMMARY,
            "Vitis HLS " + text.first(VERSION),
            text.first(PART),
            new ResourceCounts(counts),
            ResourceCounts.UNKNOWN,
            ClockEstimate.UNKNOWN,
            new CycleEstimate(OptionalLong.empty(), latency, OptionalLong.empty(), interval),
            text.file().toString()));
  }

  /** A dash is an unknown number of cycles here, not 0. */
  private static OptionalLong bound(ReportText text, int line, String cell) {
    return cell.equals("-") ? OptionalLong.empty() : text.count(line, cell);
  }

  private static void put(Map<Resource, Long> counts, Resource resource, OptionalLong count) {
    count.ifPresent(value -> counts.put(resource, value));
  }
}
