// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Break-even of whole networks as JSON; {@code docs/measuring.md} is the schema. */
public final class NetworkBreakEvenFiles {
  private static final int SCHEMA = 1;

  private NetworkBreakEvenFiles() {}

  /** Assumptions, findings and plot data. */
  public static ObjectNode json(List<Board> boards, List<NetworkBreakEven> studies) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    Noise noise = studies.stream().map(NetworkBreakEven::noise).reduce(Noise.NONE, Noise::and);
    root.put("noisy", !noise.quiet());
    noise.writeTo(root);
    ArrayNode assumed = root.putArray("boards");
    for (Board board : boards) {
      ObjectNode node = assumed.addObject();
      node.put("board", board.word());
      node.put("launch_us", board.launchMicros());
      node.put("rate_gb_per_s", board.gigabytesPerSecond());
      node.put("clock_mhz", board.megahertz());
      node.put("assumptions", board.assumptions());
    }
    ArrayNode networks = root.putArray("networks");
    studies.forEach(study -> put(networks.addObject(), study));
    return root;
  }

  private static void put(ObjectNode node, NetworkBreakEven study) {
    PlannedNetwork planned = study.network().planned();
    node.put("name", study.network().name());
    PlannedNetworkJson.write(node.putObject("planned"), planned);
    ArrayNode findings = node.putArray("findings");
    ArrayNode plot = node.putArray("plot");
    for (NetworkBreakEven.OnBoard each : study.onBoards()) {
      BreakEven finding = each.finding();
      ObjectNode entry = findings.addObject();
      entry.put("board", each.board().word());
      entry.put("device", finding.device());
      finding.batch().ifPresent(batch -> entry.put("batch", batch));
      entry.put("sentence", finding.sentence());
      finding.noise().writeTo(entry);
    }
    if (!planned.fits()) {
      return;
    }
    for (int batch : BreakEvenFiles.PLOTTED) {
      ObjectNode point = plot.addObject();
      point.put("batch", batch);
      ObjectNode fpga = point.putObject("fpga_us");
      study.boards().forEach(board -> fpga.put(board.word(), board.micros(planned, batch)));
      ObjectNode cpu = point.putObject("cpu_us");
      study.opponents().forEach(curve -> cpu.put(curve.device(), curve.at(batch)));
    }
  }
}
