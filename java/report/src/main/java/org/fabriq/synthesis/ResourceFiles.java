// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reports as JSON and as CSV; {@code docs/resources.md} is the schema. */
public final class ResourceFiles {
  private static final int SCHEMA = 1;

  private ResourceFiles() {}

  /**
   * All reports, as one object.
   *
   * @param device what shares refer to; empty for what each report counts as available
   */
  public static ObjectNode json(List<ResourceReport> reports, Optional<FpgaDevice> device) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    device.ifPresent(value -> root.put("device", value.label()));
    ArrayNode list = root.putArray("reports");
    reports.forEach(report -> list.add(json(report, device)));
    return root;
  }

  private static JsonNode json(ResourceReport report, Optional<FpgaDevice> device) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", report.name());
    node.put("kind", report.kind().name().toLowerCase(Locale.ROOT));
    node.put("stage", report.kind().stage());
    node.put("tool", report.tool());
    node.put("part", report.part());
    ObjectNode used = node.putObject("used");
    ObjectNode available = node.putObject("available");
    ObjectNode share = node.putObject("share");
    for (Resource resource : Resource.values()) {
      report.used().get(resource).ifPresent(value -> used.put(resource.name(), value));
      report.available().get(resource).ifPresent(value -> available.put(resource.name(), value));
      report.share(resource, device).ifPresent(value -> share.put(resource.name(), value));
    }
    put(node, "clock_target_ns", report.clock().target());
    put(node, "clock_estimated_ns", report.clock().estimated());
    put(node, "latency_min", report.cycles().latencyMin());
    put(node, "latency_max", report.cycles().latencyMax());
    put(node, "interval_min", report.cycles().intervalMin());
    put(node, "interval_max", report.cycles().intervalMax());
    node.put("source", report.source());
    return node;
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(name, value.getAsDouble());
    }
  }

  private static void put(ObjectNode node, String name, OptionalLong value) {
    if (value.isPresent()) {
      node.put(name, value.getAsLong());
    }
  }

  /** One line for each report, as RFC 4180, with a header; unknown values are empty. */
  public static String csv(List<ResourceReport> reports) {
    StringBuilder csv = new StringBuilder("name,kind,tool,part");
    for (Resource resource : Resource.values()) {
      csv.append(',').append(resource);
    }
    csv.append(
        ",clock_target_ns,clock_estimated_ns,latency_min,latency_max,interval_min,interval_max,"
            + "source\r\n");
    for (ResourceReport report : reports) {
      List<String> cells = new ArrayList<>();
      cells.add(report.name());
      cells.add(report.kind().name().toLowerCase(Locale.ROOT));
      cells.add(report.tool());
      cells.add(report.part());
      for (Resource resource : Resource.values()) {
        cells.add(text(report.used().get(resource)));
      }
      cells.add(text(report.clock().target()));
      cells.add(text(report.clock().estimated()));
      cells.add(text(report.cycles().latencyMin()));
      cells.add(text(report.cycles().latencyMax()));
      cells.add(text(report.cycles().intervalMin()));
      cells.add(text(report.cycles().intervalMax()));
      cells.add(report.source());
      csv.append(String.join(",", cells.stream().map(ResourceFiles::quoted).toList()));
      csv.append("\r\n");
    }
    return csv.toString();
  }

  private static String text(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "";
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
