// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vivado's report_timing_summary. The clock reported is the one with the worst setup slack: its
 * period is the target, period less slack what is reached. Columns are found by the rule of dashes
 * under the header, since cells may be blank.
 */
final class VivadoTiming implements ReportFormat {
  private static final Pattern VERSION = Pattern.compile("Tool Version +: (Vivado v\\.\\S+)");
  private static final Pattern DESIGN = Pattern.compile("\\| Design +: (\\S+)");
  private static final Pattern PART = Pattern.compile("\\| Device +: (\\S+)");
  private static final Pattern SUMMARY = Pattern.compile("^\\| Design Timing Summary");
  private static final Pattern CLOCKS = Pattern.compile("^\\| Clock Summary");
  private static final Pattern INTRA = Pattern.compile("^\\| Intra Clock Table");
  private static final Pattern RULE = Pattern.compile("^ *-+ +-+ ");
  private static final Pattern BLANK = Pattern.compile("^\\s*$");
  private static final Pattern DASHES = Pattern.compile("-+");

  @Override
  public boolean recognizes(ReportText text) {
    return text.startsWith(": report_timing_summary", 20)
        || text.startsWith("Timing Summary Report", 20);
  }

  @Override
  public List<ResourceReport> read(ReportText text) {
    int summary = text.require(SUMMARY, 1, "section 'Design Timing Summary'");
    int clocks = text.require(CLOCKS, summary, "section 'Clock Summary'");
    int intra = text.require(INTRA, clocks, "section 'Intra Clock Table'");
    Map<String, Double> periods = new HashMap<>();
    rows(text, clocks, "Period(ns)", periods);
    Map<String, Double> slacks = new HashMap<>();
    rows(text, intra, "WNS(ns)", slacks);
    String worst =
        slacks.keySet().stream()
            .filter(periods::containsKey)
            .min((a, b) -> Double.compare(slacks.get(a), slacks.get(b)))
            .orElseThrow(
                () -> text.error(intra, "no clock with a setup slack", "a constrained design"));
    double target = periods.get(worst);
    return List.of(
        new ResourceReport(
            text.first(DESIGN),
            ReportKind.VIVADO_TIMING,
            text.first(VERSION),
            text.first(PART),
            ResourceCounts.UNKNOWN,
            ResourceCounts.UNKNOWN,
            new ClockEstimate(
                OptionalDouble.of(target), OptionalDouble.of(target - slacks.get(worst))),
            CycleEstimate.UNKNOWN,
            text.file().toString()));
  }

  /** The named column of a section's table by the first column, where it is not blank. */
  private static void rows(
      ReportText text, int section, String column, Map<String, Double> values) {
    int rule = text.require(RULE, section, "a table with column '" + column + "'");
    String head = text.line(rule - 1);
    List<int[]> spans = new ArrayList<>();
    Matcher matcher = DASHES.matcher(text.line(rule));
    while (matcher.find()) {
      spans.add(new int[] {matcher.start(), matcher.end()});
    }
    int[] wanted =
        spans.stream()
            .filter(span -> part(head, span).equals(column))
            .findFirst()
            .orElseThrow(
                () -> text.error(rule - 1, "no column '" + column + "'", "'" + column + "'"));
    int end = text.require(BLANK, rule, "the blank line that ends the table");
    for (int i = rule + 1; i < end; i++) {
      String line = text.line(i);
      String value = part(line, wanted);
      if (!value.isEmpty()) {
        try {
          values.put(
              line.substring(0, Math.min(line.length(), spans.get(1)[0])).strip(),
              Double.parseDouble(value));
        } catch (NumberFormatException e) {
          throw text.error(i, "'" + ReportText.shortened(value) + "'", "nanoseconds");
        }
      }
    }
  }

  /** The text over or under a run of dashes; numbers are flush right and may stand out left. */
  private static String part(String line, int[] span) {
    if (line.length() <= span[0]) {
      return "";
    }
    int start = span[0];
    while (start > 0 && line.charAt(start) != ' ' && line.charAt(start - 1) != ' ') {
      start--;
    }
    return line.substring(start, Math.min(line.length(), span[1])).strip();
  }
}
