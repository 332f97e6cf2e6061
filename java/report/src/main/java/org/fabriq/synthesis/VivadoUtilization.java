// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Vivado's report_utilization, of 7 series, UltraScale and UltraScale+. Rows are found by name,
 * columns by their header: {@code Prohibited} came in 2021. A star after a name marks a synthesis
 * estimate.
 */
final class VivadoUtilization implements ReportFormat {
  private static final Pattern VERSION = Pattern.compile("Tool Version +: (Vivado v\\.\\S+)");
  private static final Pattern DESIGN = Pattern.compile("\\| Design +: (\\S+)");
  private static final Pattern PART = Pattern.compile("\\| Device +: (\\S+)");

  private static final Map<Resource, Pattern> ROWS =
      Map.of(
          Resource.LUT, Pattern.compile("^\\| (?:Slice|CLB) LUTs\\*? +\\|"),
          Resource.FF, Pattern.compile("^\\| (?:(?:Slice|CLB) Registers|Registers)\\*? +\\|"),
          Resource.DSP, Pattern.compile("^\\| DSPs?(?: Slices)?\\*? +\\|"),
          Resource.BRAM_18K, Pattern.compile("^\\| Block RAM Tile\\*? +\\|"),
          Resource.URAM, Pattern.compile("^\\| URAM\\*? +\\|"));

  private static final Pattern HEAD = Pattern.compile("^\\| +Site Type +\\|.*Used.*Available");

  @Override
  public boolean recognizes(ReportText text) {
    return text.startsWith(": report_utilization", 20)
        || text.startsWith("Utilization Design Information", 20)
            && !text.startsWith("Accelerator Utilization", 20);
  }

  @Override
  public List<ResourceReport> read(ReportText text) {
    text.require(HEAD, 1, "a table with columns 'Site Type', 'Used', 'Available'");
    text.require(ROWS.get(Resource.LUT), 1, "row 'Slice LUTs' or 'CLB LUTs'");
    text.require(ROWS.get(Resource.FF), 1, "row 'Slice Registers' or 'CLB Registers'");
    text.require(ROWS.get(Resource.BRAM_18K), 1, "row 'Block RAM Tile'");
    text.require(ROWS.get(Resource.DSP), 1, "row 'DSPs'");
    Map<Resource, Long> used = new EnumMap<>(Resource.class);
    Map<Resource, Long> available = new EnumMap<>(Resource.class);
    ROWS.forEach(
        (resource, pattern) -> {
          int line = text.find(pattern, 1);
          if (line > 0) {
            List<String> names = text.cells(headAbove(text, line));
            List<String> cells = text.cells(line);
            if (cells.size() != names.size()) {
              throw text.error(line, cells.size() + " columns", names.size() + " as in the header");
            }
            int halves = resource == Resource.BRAM_18K ? 2 : 1;
            put(used, resource, halves, text, line, cells.get(names.indexOf("Used")));
            put(available, resource, halves, text, line, cells.get(names.indexOf("Available")));
          }
        });
    return List.of(
        new ResourceReport(
            text.first(DESIGN),
            ReportKind.VIVADO_UTILIZATION,
            text.first(VERSION),
            text.first(PART),
            new ResourceCounts(used),
            new ResourceCounts(available),
            ClockEstimate.UNKNOWN,
            CycleEstimate.UNKNOWN,
            text.file().toString()));
  }

  private static int headAbove(ReportText text, int line) {
    for (int i = line - 1; i > 0; i--) {
      if (HEAD.matcher(text.line(i)).find()) {
        return i;
      }
    }
    throw text.error(line, "a row without a header", "columns 'Site Type', 'Used', 'Available'");
  }

  private static void put(
      Map<Resource, Long> counts,
      Resource resource,
      int halves,
      ReportText text,
      int line,
      String cell) {
    text.number(line, cell)
        .ifPresent(number -> counts.put(resource, ReportText.whole(halves * number)));
  }
}
