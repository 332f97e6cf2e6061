// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.StringJoiner;

/** A latency result as JSON and CSV; {@code docs/measuring.md} is the schema. */
public final class LatencyFiles {
  private static final int SCHEMA = 1;

  private LatencyFiles() {}

  /** Results of one run, as one object. */
  public static ObjectNode json(
      List<LatencyResult> results, MachineState before, MachineState after) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("machine", before.processor());
    root.put("processors", before.processors());
    root.put("java", Runtime.version().toString());
    ArrayNode load = root.putArray("load");
    load.add(before.load()).add(after.load());
    ArrayNode clocks = root.putArray("cpu_mhz");
    clocks.add(before.megahertz()).add(after.megahertz());
    ArrayNode layers = root.putArray("layers");
    for (LatencyResult result : results) {
      put(layers.addObject(), result);
    }
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
      point.sides().forEach(side -> put(sides.addObject(), side));
    }
  }

  private static void put(ObjectNode node, LatencyResult.Side side) {
    node.put("device", side.address());
    node.put("description", side.description());
    node.put("simulated", side.simulated());
    node.put("samples", side.samples());
    node.put("p50_us", side.p50());
    node.put("p95_us", side.p95());
    node.put("p99_us", side.p99());
    node.put("spread", side.spread());
    ObjectNode stages = node.putObject("stages_p50_us");
    side.stages().forEach((stage, micros) -> stages.put(stage.label(), micros));
    if (side.cycles() >= 0) {
      node.put("kernel_cycles", side.cycles());
    }
    if (side.clocked()) {
      node.put("clock_mhz", side.clockMhz());
      node.put("kernel_at_clock_us", side.microsAtClock());
    }
  }

  /** One line for each side of each batch, as RFC 4180, with a header. */
  public static String csv(List<LatencyResult> results) {
    StringBuilder csv = new StringBuilder("kernel,k,n,batch,device,simulated,noisy,samples");
    csv.append(",p50_us,p95_us,p99_us");
    for (DispatchStage stage : DispatchStage.values()) {
      csv.append(',').append(stage.label()).append("_us");
    }
    csv.append(",kernel_cycles,clock_mhz,kernel_at_clock_us,spread,noise\r\n");
    for (LatencyResult result : results) {
      for (LatencyResult.Point point : result.points()) {
        point.sides().forEach(side -> csv.append(line(result, point, side)));
      }
    }
    return csv.toString();
  }

  private static String line(
      LatencyResult result, LatencyResult.Point point, LatencyResult.Side side) {
    StringJoiner line = new StringJoiner(",", "", "\r\n");
    line.add(result.kernel()).add("" + result.k()).add("" + result.n()).add("" + point.batch());
    line.add(side.address()).add("" + side.simulated()).add("" + !point.noise().quiet());
    line.add("" + side.samples()).add("" + side.p50()).add("" + side.p95()).add("" + side.p99());
    for (DispatchStage stage : DispatchStage.values()) {
      line.add(side.stages().containsKey(stage) ? "" + side.stages().get(stage) : "");
    }
    line.add(side.cycles() < 0 ? "" : "" + side.cycles());
    line.add(side.clocked() ? "" + side.clockMhz() : "");
    line.add(side.clocked() ? "" + side.microsAtClock() : "");
    line.add("" + side.spread());
    line.add('"' + point.noise().text() + '"');
    return line.toString();
  }
}
