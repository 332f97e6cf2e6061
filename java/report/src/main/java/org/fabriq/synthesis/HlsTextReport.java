// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * FUNCTION_csynth.rpt of Vivado HLS and Vitis HLS. Until 2019.1 the latency table has four columns
 * and a type; from 2019.2 on absolute times stand between latency and interval, and the periods
 * carry {@code ns}.
 */
final class HlsTextReport implements ReportFormat {
  private static final Pattern TITLE = Pattern.compile("== (?:Vivado|Vitis) HLS Report for '(.+)'");
  private static final Pattern TOOL = Pattern.compile("== (Vivado HLS|Vitis HLS) Report for");
  private static final Pattern VERSION = Pattern.compile("\\* Version: +([0-9.]+)");
  private static final Pattern PART = Pattern.compile("\\* Target device: +(\\S+)");
  private static final Pattern TIMING = Pattern.compile("^\\s*\\+ Timing");
  private static final Pattern CLOCK_HEAD = Pattern.compile("\\| +Clock +\\|.*Estimated");
  private static final Pattern LATENCY = Pattern.compile("^\\s*\\+ Latency");
  private static final Pattern MIN_MAX = Pattern.compile("\\| +min +\\| +max +\\|");
  private static final Pattern AREA = Pattern.compile("^== Utilization Estimates");
  private static final Pattern AREA_HEAD = Pattern.compile("\\| +Name +\\|.*LUT");
  private static final Pattern TOTAL = Pattern.compile("^\\s*\\|Total +\\|");
  private static final Pattern AVAILABLE = Pattern.compile("^\\s*\\|Available +\\|");

  @Override
  public boolean recognizes(ReportText text) {
    return text.startsWith("HLS Report for '", 5);
  }

  @Override
  public List<ResourceReport> read(ReportText text) {
    int timing = text.require(TIMING, 1, "section '+ Timing'");
    int clock = text.require(CLOCK_HEAD, timing, "the table of clocks") + 2;
    int latency = text.require(LATENCY, clock, "section '+ Latency'");
    int cycles = text.require(MIN_MAX, latency, "the table of latencies") + 2;
    int area = text.require(AREA, cycles, "section '== Utilization Estimates'");
    int head = text.require(AREA_HEAD, area, "the table of resources");
    int total = text.require(TOTAL, head, "row 'Total'");
    int available = text.require(AVAILABLE, total, "row 'Available'");
    List<String> periods = row(text, clock, 3);
    return List.of(
        new ResourceReport(
            text.first(TITLE),
            ReportKind.CSYNTH_TEXT,
            text.first(TOOL) + " " + text.first(VERSION),
            text.first(PART),
            counts(text, head, total),
            counts(text, head, available),
            new ClockEstimate(
                text.number(clock, periods.get(1)), text.number(clock, periods.get(2))),
            cycles(text, cycles),
            text.file().toString()));
  }

  private static List<String> row(ReportText text, int line, int least) {
    if (line > text.lineCount()) {
      throw text.error(text.lineCount(), "the end of the file", "a row of the table");
    }
    List<String> cells = text.cells(line);
    if (cells.size() < least) {
      throw text.error(line, cells.size() + " columns", least + " or more");
    }
    return cells;
  }

  private static CycleEstimate cycles(ReportText text, int line) {
    List<String> cells = row(text, line, 5);
    int interval = cells.size() >= 7 ? 4 : 2;
    return new CycleEstimate(
        text.count(line, cells.get(0)),
        text.count(line, cells.get(1)),
        text.count(line, cells.get(interval)),
        text.count(line, cells.get(interval + 1)));
  }

  private static ResourceCounts counts(ReportText text, int head, int line) {
    List<String> names = text.cells(head);
    List<String> cells = row(text, line, names.size());
    Map<Resource, Long> counts = new EnumMap<>(Resource.class);
    for (int i = 1; i < names.size(); i++) {
      String name = names.get(i).startsWith("DSP") ? "DSP" : names.get(i);
      for (Resource resource : Resource.values()) {
        OptionalDouble number =
            resource.name().equals(name) ? text.number(line, cells.get(i)) : OptionalDouble.empty();
        number.ifPresent(value -> counts.put(resource, ReportText.whole(value)));
      }
    }
    if (!counts.containsKey(Resource.LUT)) {
      throw text.error(head, "'" + ReportText.shortened(text.line(head)) + "'", "a column LUT");
    }
    return new ResourceCounts(counts);
  }
}
