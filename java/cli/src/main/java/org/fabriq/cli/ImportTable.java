// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import org.fabriq.importing.ImportedLayer;
import org.fabriq.importing.ImportedModel;

/** Prints what an importer made of a file: a line per layer, then what a user must know. */
final class ImportTable {
  private static final String LINE = "%-10s %-20s %-14s %8s %8s %7s  %s%n";
  private static final int LONGEST_SOURCES = 160;
  private static final int LONGEST_LINE = 1_000;

  private ImportTable() {}

  static void print(ImportedModel model, PrintWriter out) {
    out.printf(LINE, "layer", "form", "runs on", "weights", "sums", "ends", "of");
    for (ImportedLayer layer : model.layers()) {
      ImportedLayerCells cells = ImportedLayerCells.of(model, layer);
      out.printf(
          LINE,
          layer.name(),
          layer.form(),
          cells.place(),
          cells.weights(),
          cells.sums(),
          cells.ends(),
          cut(shown(String.join(", ", layer.sources())), LONGEST_SOURCES));
    }
    if (model.integers().isPresent()) {
      InputRange range = new InputRange(model.integers().get().inputCodes());
      out.printf("  input: %s; --normalize makes such of stored values%n", range);
      out.println(
          "  sums: the bits that the sums of a layer, biases included, can need of the 32 there"
              + " are");
      out.println(
          "  ends: the part of the weights that are the least or the greatest code, perhaps cut"
              + " off");
    }
  }

  /** What a file says, for a line of a terminal. */
  static String shown(String text) {
    return cut(text.replaceAll("\\p{Cntrl}", "?"), LONGEST_LINE);
  }

  private static String cut(String line, int longest) {
    return line.length() <= longest ? line : line.substring(0, longest) + "...";
  }

  static void printNotes(List<String> notes, PrintWriter out) {
    notes.forEach(note -> out.printf("note: %s%n", shown(note)));
  }
}
