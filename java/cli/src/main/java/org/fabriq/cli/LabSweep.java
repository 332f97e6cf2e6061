// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Network;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.FixedPointQuantizer;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.JavaCpuLibrary;

/** The lab's table: fixed-point weights (fp32 x int8) of 1 to 8 bits, also used literally. */
final class LabSweep {
  private LabSweep() {}

  /** One column of the table: which layers are quantized, and what their codes stand for. */
  private record Column(String label, Set<String> layers, CodeSemantics semantics) {}

  /** One cell of the table. */
  private record Cell(int fractionLength, Score score) {}

  /**
   * Prints the table row by row.
   *
   * @param calibration how many training images fraction lengths are chosen on
   * @param json what to write too
   */
  static void run(
      WorkloadOptions workload,
      CalibrationOptions calibration,
      String deviceAddress,
      JsonFile json,
      Screen screen) {
    PrintWriter out = screen.out();
    Network network = BatchNormFolding.fold(workload.quantizable());
    workload.check(network.input(), network.output().size(), calibration);
    List<String> weighted = network.weightedLayers();
    Set<String> all = Set.copyOf(weighted);
    String second = weighted.get(Math.min(1, weighted.size() - 1));
    List<Column> columns =
        List.of(
            new Column("all", all, CodeSemantics.RESCALED),
            new Column("layer2", Set.of(second), CodeSemantics.RESCALED),
            new Column("literal", all, CodeSemantics.LITERAL));
    try (Device device = Device.open(deviceAddress);
        Device cpu = Device.open(JavaCpuLibrary.ADDRESS);
        Progress progress = screen.progress("word lengths", 8L * columns.size())) {
      TestSet test = new TestSet(workload.test(screen), TestSet.BATCH);
      TestSet training = new TestSet(workload.training(calibration, screen), TestSet.BATCH);
      Predictions exact = fp32(network, test, cpu);
      Predictions exactTraining = fp32(network, training, cpu);
      Score fp32 = test.score(exact, exact);
      String activation = network.activations();
      out.printf(
          "model   %s, activation %s, weights %s%n",
          NetworkText.of(network), activation, workload.modelName());
      out.printf(
          "%-7s %,d of %s on %s%n", test.noun() + "s", test.count(), workload.dataName(), device);
      out.printf(
          "FL      chosen for each cell on %,d training %ss%n", training.count(), test.noun());
      out.printf("fp32    %s%n%n", fp32.labelled() ? fp32.quality() : "the signal of SQNR");
      out.printf("%4s", "wl");
      for (Column column : columns) {
        out.printf(
            "  | %4s %18s", "fl", column.label() + (fp32.labelled() ? " (- fp32)" : " SQNR"));
      }
      out.println();
      List<List<Cell>> rows = new ArrayList<>();
      for (int wl = 1; wl <= 8; wl++) {
        List<Cell> row = new ArrayList<>();
        for (Column column : columns) {
          FixedPointSweep sweep = new FixedPointSweep(network, column.layers(), column.semantics());
          int fl = sweep.bestFractionLength(wl, training, exactTraining, cpu);
          try (NetworkPlan plan = sweep.plan(wl, fl, device, cpu, test.batch())) {
            row.add(new Cell(fl, test.score(test.predict(plan::run, done -> {}), exact)));
          }
          progress.stepTo((wl - 1L) * columns.size() + row.size());
        }
        rows.add(row);
        out.printf("%4d", wl);
        for (Cell cell : row) {
          String gain = fp32.labelled() ? " (%6s)".formatted(cell.score().gain(fp32)) : "";
          out.printf("  | %4d %18s", cell.fractionLength(), cell.score().quality() + gain);
        }
        out.println();
        out.flush();
      }
      out.printf("%nliteral: codes without * 2^-fl, the lab's way; docs/numerics.md says why.%n");
      int fl = rows.get(rows.size() - 1).get(1).fractionLength();
      LabInt16 int16 =
          LabInt16.run(network, second, new FixedPointQuantizer(8, fl), test, exact, cpu);
      int16.print(out);
      json.write(
          () -> {
            ObjectNode root = json(activation, fp32, test.count(), columns, rows);
            root.set("int16", int16.json());
            return root;
          },
          out);
    }
    out.flush();
  }

  private static Predictions fp32(Network network, TestSet samples, Device cpu) {
    try (NetworkPlan plan = NetworkPlan.float32(network, cpu, samples.batch())) {
      return samples.predict(plan::run, done -> {});
    }
  }

  private static ObjectNode json(
      String activation, Score fp32, int images, List<Column> columns, List<List<Cell>> rows) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", 1);
    root.put("activation", activation);
    root.put("images", images);
    root.put("fp32", fp32.labelled() ? (Double) fp32.accuracy() : null);
    ArrayNode list = root.putArray("rows");
    for (int wl = 1; wl <= rows.size(); wl++) {
      ObjectNode row = list.addObject();
      row.put("wl", wl);
      for (int i = 0; i < columns.size(); i++) {
        Cell cell = rows.get(wl - 1).get(i);
        ObjectNode node = row.putObject(columns.get(i).label());
        node.put("fl", cell.fractionLength());
        cell.score().writeTo(node);
      }
    }
    return root;
  }
}
