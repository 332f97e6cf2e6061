// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code stat -json} of Yosys after synth_xilinx: cells counted by type, memories in LUTs by the
 * LUTs they take (UG474, UG574). There is no placement, so neither clock nor cycles.
 */
final class YosysStat implements ReportFormat {
  private static final Pattern CREATOR = Pattern.compile("\"creator\"\\s*:\\s*\"(Yosys [^ \"]+)");

  /** Where a flattened module was, as Yosys 0.52 says: no cell of the device. */
  private static final String SCOPE = "$scopeinfo";

  private static final Pattern LUT = Pattern.compile("LUT[1-6](?:_2)?|INV|CFGLUT5");
  private static final Pattern SHIFT = Pattern.compile("SRL16E?|SRLC16E?|SRLC32E");
  private static final Pattern FLIP_FLOP =
      Pattern.compile("FD[RSCP]E?(?:_1)?|FD(?:RS|CP)E?|LD[CP]E?");
  private static final Pattern DSP = Pattern.compile("DSP48(?:E1|E2)?|DSP58.*|DSPFP32");
  private static final Pattern LUT_RAM =
      Pattern.compile("RAM(?:(32|64|128|256|512)X(1|16)(S|D|Q)(?:_1)?|(32|64|256|512)(M|X)(\\d*))");

  @Override
  public boolean recognizes(ReportText text) {
    return text.startsWith("\"creator\"", 10) && text.text().contains("Yosys");
  }

  @Override
  public List<ResourceReport> read(ReportText text) {
    JsonNode root = parse(text);
    JsonNode modules = root.path("modules");
    JsonNode design = root.has("design") ? root.get("design") : modules.path(top(modules));
    JsonNode cells = design.path("num_cells_by_type");
    if (!cells.isObject()) {
      throw text.error(
          text.lineCount(), "no 'num_cells_by_type'", "the output of Yosys' 'stat -json'");
    }
    Map<Resource, Long> counts = new EnumMap<>(Resource.class);
    for (Resource resource : Resource.values()) {
      counts.put(resource, 0L);
    }
    cells.properties().forEach(cell -> count(text, counts, cell.getKey(), cell.getValue()));
    return List.of(
        new ResourceReport(
            top(modules).replaceFirst("^\\\\", ""),
            ReportKind.YOSYS_STAT,
            text.first(CREATOR),
            "",
            new ResourceCounts(counts),
            ResourceCounts.UNKNOWN,
            ClockEstimate.UNKNOWN,
            CycleEstimate.UNKNOWN,
            text.file().toString()));
  }

  private static JsonNode parse(ReportText text) {
    try {
      return new ObjectMapper().readTree(text.text());
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? text.lineCount() : e.getLocation().getLineNr();
      throw text.error(line, ReportText.problem(e), "JSON as Yosys writes it");
    }
  }

  /** The module that no other one has as a cell; the last of several. */
  private static String top(JsonNode modules) {
    String top = "";
    for (Map.Entry<String, JsonNode> module : modules.properties()) {
      String type = module.getKey().replaceFirst("^\\\\", "");
      boolean used = false;
      for (JsonNode other : modules) {
        used |= other.path("num_cells_by_type").has(type);
      }
      top = used ? top : module.getKey();
    }
    return top;
  }

  private static void count(
      ReportText text, Map<Resource, Long> counts, String type, JsonNode cells) {
    if (!cells.canConvertToLong() || cells.asLong() < 0) {
      throw text.error(
          line(text, '"' + type + '"'), type + ": " + cells, "a number of cells from 0 on");
    }
    long number = cells.asLong();
    if (type.equals(SCOPE)) {
      return;
    }
    if (type.startsWith("$") && !type.startsWith("$paramod")) {
      throw text.error(
          line(text, type), "generic cell " + type, "a netlist after synth_xilinx, then stat");
    }
    OptionalInt memory = lutsOfRam(type);
    if (LUT.matcher(type).matches() || SHIFT.matcher(type).matches()) {
      counts.merge(Resource.LUT, number, Long::sum);
    } else if (memory.isPresent()) {
      counts.merge(Resource.LUT, number * memory.getAsInt(), Long::sum);
    } else if (FLIP_FLOP.matcher(type).matches()) {
      counts.merge(Resource.FF, number, Long::sum);
    } else if (DSP.matcher(type).matches()) {
      counts.merge(Resource.DSP, number, Long::sum);
    } else if (type.startsWith("RAMB18") || type.startsWith("FIFO18")) {
      counts.merge(Resource.BRAM_18K, number, Long::sum);
    } else if (type.startsWith("RAMB36") || type.startsWith("FIFO36")) {
      counts.merge(Resource.BRAM_18K, 2 * number, Long::sum);
    } else if (type.startsWith("URAM288")) {
      counts.merge(Resource.URAM, number, Long::sum);
    }
  }

  /** LUTs of a distributed memory; a LUT holds 64 bits, each further port another copy. */
  static OptionalInt lutsOfRam(String type) {
    Matcher matcher = LUT_RAM.matcher(type);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    if (matcher.group(1) == null) {
      return OptionalInt.of(matcher.group(6).isEmpty() ? 4 : 8);
    }
    int perPort = Math.max(1, Integer.parseInt(matcher.group(1)) / 64);
    int ports =
        switch (matcher.group(3)) {
          case "S" -> 1;
          case "D" -> 2;
          default -> 4;
        };
    return OptionalInt.of(perPort * ports * Integer.parseInt(matcher.group(2)));
  }

  private static int line(ReportText text, String word) {
    return Math.max(1, text.find(Pattern.compile(Pattern.quote(word)), 1));
  }
}
