// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/** A latency result as JSON and CSV; {@code docs/measuring.md} is the schema. */
public final class LatencyFiles {
  private static final int SCHEMA = 1;

  private LatencyFiles() {}

  /** Layers measured in one run, as one object. */
  public static ObjectNode json(
      List<LatencyResult> results, MachineState before, MachineState after) {
    ObjectNode root = root(before, after);
    ArrayNode layers = root.putArray("layers");
    for (LatencyResult result : results) {
      put(layers.addObject(), result);
    }
    return root;
  }

  /** Whole networks measured in one run, as one object. */
  public static ObjectNode jsonOfNetworks(
      List<NetworkLatency> results, MachineState before, MachineState after) {
    ObjectNode root = root(before, after);
    root.putArray("layers");
    NetworkLatencyJson.write(root, results);
    return root;
  }

  /** The whole networks of a file; none where it has only layers. */
  public static List<NetworkLatency> networks(JsonNode root) {
    return NetworkLatencyJson.read(root);
  }

  private static ObjectNode root(MachineState before, MachineState after) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("machine", before.processor());
    root.put("processors", before.processors());
    root.put("java", Runtime.version().toString());
    ArrayNode load = root.putArray("load");
    load.add(before.load()).add(after.load());
    ArrayNode clocks = root.putArray("cpu_mhz");
    clocks.add(before.megahertz()).add(after.megahertz());
    return root;
  }

  private static void put(ObjectNode root, LatencyResult result) {
    root.put("kernel", result.kernel());
    root.put("k", result.k());
    root.put("n", result.n());
    ArrayNode points = root.putArray("points");
    for (LatencyResult.Point point : result.points()) {
      ObjectNode node = points.addObject();
      node.put("batch", point.batch());
      point.noise().writeTo(node);
      ArrayNode sides = node.putArray("sides");
      point.sides().forEach(side -> LatencySideJson.write(sides.addObject(), side));
    }
  }

  /** One line for each side of each batch, as RFC 4180, with a header. */
  public static String csv(List<LatencyResult> results) {
    StringBuilder csv = new StringBuilder("kernel,k,n,batch," + sideColumns());
    for (LatencyResult result : results) {
      for (LatencyResult.Point point : result.points()) {
        point.sides().forEach(side -> csv.append(line(result, point, side)));
      }
    }
    return csv.toString();
  }

  /** The same of whole networks, with cycles by formula and, where they are counted, array use. */
  public static String csvOfNetworks(List<NetworkLatency> results) {
    StringBuilder csv = new StringBuilder("network,batch,way,planned_cycles,array_use,");
    csv.append(sideColumns());
    for (NetworkLatency result : results) {
      for (NetworkLatency.Point point : result.points()) {
        for (NetworkLatency.Side side : point.sides()) {
          StringJoiner line = new StringJoiner(",", "", "\r\n");
          line.add('"' + result.name().replace("\"", "\"\"") + '"').add("" + point.batch());
          line.add(side.way().name().toLowerCase(Locale.ROOT));
          line.add(result.planned().fits() ? "" + result.planned().cycles(point.batch()) : "");
          OptionalDouble use = result.arrayUse(point, side);
          line.add(use.isPresent() ? "" + use.getAsDouble() : "");
          csv.append(add(line, point.noise(), side.times()));
        }
      }
    }
    return csv.toString();
  }

  private static String sideColumns() {
    StringBuilder columns =
        new StringBuilder("device,simulated,noisy,samples,p50_us,p95_us,p99_us");
    for (DispatchStage stage : DispatchStage.values()) {
      columns.append(',').append(stage.label()).append("_us");
    }
    return columns
        .append(",kernel_cycles,clock_mhz,kernel_at_clock_us,spread,noise\r\n")
        .toString();
  }

  private static String line(
      LatencyResult result, LatencyResult.Point point, LatencyResult.Side side) {
    StringJoiner line = new StringJoiner(",", "", "\r\n");
    line.add(result.kernel()).add("" + result.k()).add("" + result.n()).add("" + point.batch());
    return add(line, point.noise(), side);
  }

  private static String add(StringJoiner line, Noise noise, LatencyResult.Side side) {
    line.add(side.address()).add("" + side.simulated()).add("" + !noise.quiet());
    line.add("" + side.samples()).add("" + side.p50()).add("" + side.p95()).add("" + side.p99());
    for (DispatchStage stage : DispatchStage.values()) {
      line.add(side.stages().containsKey(stage) ? "" + side.stages().get(stage) : "");
    }
    line.add(side.cycles() < 0 ? "" : "" + side.cycles());
    line.add(side.clocked() ? "" + side.clockMhz() : "");
    line.add(side.clocked() ? "" + side.microsAtClock() : "");
    line.add("" + side.spread());
    line.add('"' + noise.text() + '"');
    return line.toString();
  }
}
