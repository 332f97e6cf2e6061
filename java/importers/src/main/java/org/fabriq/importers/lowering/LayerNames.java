// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.importing.ImportedLayer;

/**
 * Names layers by what they are and counts them, as {@code conv1}, and keeps what operations of the
 * file each stands for. Names of files are not taken: they are of any length and any characters.
 */
final class LayerNames {
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Set<String>> sources = new HashMap<>();
  private String current = "";

  void begin(String source) {
    current = source;
  }

  /** The operation of the file that layers are made for. */
  String current() {
    return current;
  }

  /** A name that was not given before, for a layer of operations of the file. */
  String name(String word, List<String> of) {
    String name = word + counts.merge(word, 1, Integer::sum);
    sources.put(name, new LinkedHashSet<>(of));
    return name;
  }

  /** A name for a layer of the current operation. */
  String name(String word) {
    return name(word, List.of(current));
  }

  /** Notes that a layer also stands for an operation. */
  void alsoFor(String layer, String source) {
    sources.get(layer).add(source);
  }

  /** What layers stand for, in their order. */
  List<ImportedLayer> table(List<String> layers, List<String> forms, int epilogues) {
    List<ImportedLayer> table = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      List<String> of = List.copyOf(sources.get(layers.get(i)));
      boolean epilogue = i >= layers.size() - epilogues;
      table.add(new ImportedLayer(layers.get(i), forms.get(i), of, epilogue));
    }
    return table;
  }
}
