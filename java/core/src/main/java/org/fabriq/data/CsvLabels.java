// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.fabriq.tensor.Float32Tensor;

/**
 * Reads the label column of a CSV. Whole numbers are classes; if one has a sign, a point or an
 * exponent, all are values that a network should give; words are the names of classes, numbered in
 * their order by Unicode.
 */
final class CsvLabels {
  private enum Kind {
    WHOLE,
    NUMBER,
    WORD
  }

  private final Path file;
  private final List<String> texts = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();
  private Kind kind;
  private long firstLine;

  CsvLabels(Path file) {
    this.file = file;
  }

  /** Takes the label of the next sample; numbers and words together are an error. */
  void add(String field, long line) {
    String text = field.strip();
    if (field.indexOf('\n') >= 0) {
      throw CsvData.error(file, line, "a label over two lines", "one line", "mend its quotes");
    }
    Kind found =
        DecimalNumber.parseWhole(text).isPresent()
            ? Kind.WHOLE
            : DecimalNumber.parse(text).isPresent() ? Kind.NUMBER : Kind.WORD;
    if (text.isEmpty()) {
      throw CsvData.error(file, line, "no label", "one", "mend or leave out the line");
    }
    if (kind != null && (kind == Kind.WORD) != (found == Kind.WORD)) {
      throw CsvData.error(
          file,
          line,
          "label " + CsvColumns.quoted(text),
          "a %s as in line %d".formatted(kind == Kind.WORD ? "word" : "number", firstLine),
          "mend the label, or name another label column");
    }
    firstLine = kind == null ? line : firstLine;
    kind = kind == null || found == Kind.NUMBER ? found : kind;
    texts.add(known.computeIfAbsent(text, word -> word));
  }

  /** Gives the labels of the first samples to them; the classes are those of all lines. */
  Samples label(Samples samples) {
    List<String> first = texts.subList(0, samples.count());
    return switch (kind) {
      case WHOLE -> samples.withLabels(first.stream().mapToInt(Integer::parseInt).toArray());
      case WORD -> samples.withLabels(named(first));
      case NUMBER -> {
        Float32Tensor targets = Float32Tensor.allocate(first.size(), 1);
        for (int i = 0; i < first.size(); i++) {
          targets.set(i, DecimalNumber.parse(first.get(i)).orElseThrow());
        }
        yield samples.withTargets(targets);
      }
    };
  }

  private ClassLabels named(List<String> first) {
    List<String> names = List.copyOf(new TreeSet<>(known.keySet()));
    Map<String, Integer> indices = new HashMap<>();
    names.forEach(name -> indices.put(name, indices.size()));
    return new ClassLabels(first.stream().mapToInt(indices::get).toArray(), names);
  }
}
