// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fabriq.importing.ImportedLayer;
import org.fabriq.importing.Refusal;
import org.fabriq.importing.SourceOperation;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerLayerType;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.OverlayPart;
import org.fabriq.overlay.OverlayParts;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.overlay.ProgramPart;
import org.fabriq.plan.NetworkPlan;

/** Prints for each node of a file what became of it, and why. */
final class ImportExplanation {
  private final List<SourceOperation> operations;
  private final Map<String, List<ImportedLayer>> layers = new LinkedHashMap<>();
  private final Map<String, Refusal> refusals;

  private ImportExplanation(
      List<SourceOperation> operations, List<ImportedLayer> made, List<Refusal> refused) {
    this.operations = operations;
    for (ImportedLayer layer : made) {
      for (String source : layer.sources()) {
        layers.computeIfAbsent(source, any -> new ArrayList<>()).add(layer);
      }
    }
    refusals =
        refused.stream()
            .collect(
                Collectors.toMap(
                    each -> (each.operator() + " " + each.node()).strip(),
                    each -> each,
                    (first, second) -> first,
                    LinkedHashMap::new));
  }

  /** Explains a model that is taken. */
  static void print(List<SourceOperation> operations, List<ImportedLayer> made, PrintWriter out) {
    new ImportExplanation(operations, made, List.of()).print(out);
  }

  /** Explains a model that is refused. */
  static void printRefused(
      List<SourceOperation> operations, List<Refusal> refused, PrintWriter out) {
    new ImportExplanation(operations, List.of(), refused).print(out);
  }

  /** Says for each layer of an integer network whether it is launched with others, and why not. */
  static void printLaunches(IntegerNetwork network, PrintWriter out) {
    OverlayParts parts = OverlayParts.of(network, OverlayTarget.DEFAULT);
    out.printf("%nlaunches on a device that holds what %s does%n", OverlayTarget.DEFAULT.name());
    int program = 0;
    for (OverlayPart part : parts.parts()) {
      boolean atOnce = part instanceof ProgramPart;
      program += atOnce ? 1 : 0;
      for (int i = part.first(); i <= part.last(); i++) {
        IntegerLayer layer = network.layers().get(i);
        String place = atOnce ? "program %d".formatted(program) : alone(layer, parts.reason(i));
        out.printf("  %s (%s): %s%n", layer.name(), IntegerLayerType.word(layer), place);
      }
    }
  }

  private static String alone(IntegerLayer layer, Optional<String> reason) {
    String place = NetworkPlan.usesDevice(layer) ? "a launch of its own" : "on the host";
    return "%s: %s".formatted(place, reason.orElseThrow());
  }

  private void print(PrintWriter out) {
    out.printf("%nnodes of the file%n");
    for (SourceOperation operation : operations) {
      out.printf(
          "  %s: %s%n",
          ImportTable.shown(operation.source()),
          ImportTable.shown(reason(operation.source(), operation.role())));
    }
  }

  private String reason(String source, String role) {
    Refusal refusal = refusals.get(source.replaceAll("\\p{Cntrl}", "?"));
    if (refusal != null) {
      return "not taken: %s; %s".formatted(refusal.reason(), refusal.remedy());
    }
    if (!refusals.isEmpty()) {
      return "taken, if what it takes is";
    }
    if (layers.containsKey(source)) {
      return layers.get(source).stream()
          .map(layer -> "%s (%s)".formatted(layer.name(), layer.form()))
          .collect(Collectors.joining(", ", "taken as ", ""));
    }
    return "taken without a layer: it " + role;
  }
}
