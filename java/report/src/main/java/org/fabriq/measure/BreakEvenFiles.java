// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** A break-even study as JSON; {@code docs/measuring.md} is the schema. */
public final class BreakEvenFiles {
  private static final int SCHEMA = 1;
  static final int[] PLOTTED = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};

  private BreakEvenFiles() {}

  /** Plot data, findings and what they rest on. */
  public static ObjectNode json(BreakEvenStudy study) {
    OffloadModel model = study.model();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("kernel", model.kernel().name().toLowerCase(Locale.ROOT));
    root.put("noisy", !study.noise().quiet());
    study.noise().writeTo(root);
    root.put("launch_us", model.launchMicros());
    root.put("rate_gb_per_s", model.gigabytesPerSecond());
    root.put("clock_mhz", model.megahertz());
    root.put("cycles", model.cycles().source());
    ArrayNode studies = root.putArray("studies");
    put(studies.addObject(), study.ofLayer(), study.layerCurves(), study::layerMicros);
    if (!study.ofNetwork().isEmpty()) {
      put(studies.addObject(), study.ofNetwork(), study.networkCurves(), study::networkMicros);
    }
    ArrayNode network = root.putArray("network");
    study.placements().forEach(placement -> put(network.addObject(), placement));
    return root;
  }

  private static void put(
      ObjectNode node, List<BreakEven> findings, List<CpuCurve> curves, IntToDoubleFunction fpga) {
    node.put("what", findings.get(0).what());
    ArrayNode found = node.putArray("findings");
    for (BreakEven finding : findings) {
      ObjectNode entry = found.addObject();
      entry.put("device", finding.device());
      finding.batch().ifPresent(batch -> entry.put("batch", batch));
      entry.put("sentence", finding.sentence());
      finding.noise().writeTo(entry);
    }
    ArrayNode plot = node.putArray("plot");
    for (int batch : PLOTTED) {
      ObjectNode point = plot.addObject();
      point.put("batch", batch);
      point.put("fpga_us", fpga.applyAsDouble(batch));
      ObjectNode cpu = point.putObject("cpu_us");
      curves.forEach(curve -> cpu.put(curve.device(), curve.at(batch)));
    }
  }

  private static void put(ObjectNode node, NetworkPlacement placement) {
    node.put("batch", placement.batch());
    node.put("device", placement.device());
    node.put("cpu_us", placement.cpuMicros());
    node.put("layer_us", placement.layerMicros());
    node.put("fabric_us", placement.fabricMicros());
    node.put("sentence", placement.sentence());
    placement.noise().writeTo(node);
  }
}
