// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.importing.ImportedLayer;

/**
 * Names layers by what they are and counts them, as {@code conv1}, and keeps what operations of the
 * file each stands for. Names of files are not taken: they are of any length and any characters.
 */
final class LayerNames {
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, List<String>> sources = new HashMap<>();
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
    sources.put(name, of.stream().distinct().toList());
    return name;
  }

  /** A name for a layer of the current operation. */
  String name(String word) {
    return name(word, List.of(current));
  }

  /** What a layer stands for. */
  ImportedLayer imported(String layer, String form, boolean epilogue) {
    return new ImportedLayer(layer, form, sources.get(layer), epilogue);
  }
}
