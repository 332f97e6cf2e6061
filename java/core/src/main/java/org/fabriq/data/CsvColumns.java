// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fabriq.FileFormatException;

/**
 * Says what the columns of a CSV are.
 *
 * @param names of the header's columns, or of all columns {@code column 1}, {@code column 2}
 * @param header whether the first line is one
 * @param labelIndex of the column of labels, from 0; -1 for none
 */
record CsvColumns(List<String> names, boolean header, int labelIndex) {
  /** Finds out, from the first line and from what was said. */
  static CsvColumns of(Path file, List<String> first, DataOptions options) {
    if (first.size() == 1 && first.get(0).matches(".*[;\t].*")) {
      throw CsvData.error(
          file, 1, "fields apart by ; or tabs", "commas", "write it again with commas");
    }
    String label = options.labelColumn();
    boolean none = options.labels() != null || CsvData.NO_LABELS.equals(label);
    boolean named = !none && label != null && first.contains(label);
    int index = none ? -1 : label == null ? first.size() - 1 : index(file, first, label);
    boolean header = named || isHeader(file, first, index);
    if (first.size() - (index < 0 ? 0 : 1) == 0) {
      throw CsvData.error(
          file, 1, "the label alone", "features too", "say label column none if it is no label");
    }
    if (!header && label != null && !none && DecimalNumber.parseWhole(label).isEmpty()) {
      throw noColumn(file, first, label);
    }
    return new CsvColumns(first, header, index);
  }

  private static int index(Path file, List<String> first, String label) {
    if (Collections.frequency(first, label) > 1) {
      throw CsvData.error(
          file, 1, "'%s' twice".formatted(label), "it once", "name the column by its number");
    }
    if (first.contains(label)) {
      return first.indexOf(label);
    }
    Optional<Integer> number = DecimalNumber.parseWhole(label);
    if (number.isEmpty() || number.get() < 1 || number.get() > first.size()) {
      throw noColumn(file, first, label);
    }
    return number.get() - 1;
  }

  private static FileFormatException noColumn(Path file, List<String> first, String label) {
    return CsvData.error(
        file,
        1,
        quoted(String.join(", ", first)),
        "a header with the label column '%s'".formatted(label),
        "name another, its number from 1 to %d, or none".formatted(first.size()));
  }

  /** Tells whether the features of a first line are words; words and numbers are an error. */
  private static boolean isHeader(Path file, List<String> first, int label) {
    int words = 0;
    int numbers = 0;
    for (int i = 0; i < first.size(); i++) {
      if (i != label) {
        boolean number = DecimalNumber.parse(first.get(i)).isPresent();
        numbers += number ? 1 : 0;
        words += number ? 0 : 1;
      }
    }
    if (words > 0 && numbers > 0) {
      throw CsvData.error(
          file,
          1,
          "%d numbers and %d other fields".formatted(numbers, words),
          "numbers alone, or a header without numbers",
          "mend the line, or name the columns with words");
    }
    return words > 0;
  }

  boolean isHeader(List<String> fields) {
    return header && fields.equals(names);
  }

  boolean hasLabel() {
    return labelIndex >= 0;
  }

  int features() {
    return names.size() - (hasLabel() ? 1 : 0);
  }

  /** Says what the label is, in words. */
  String label() {
    return hasLabel() ? "label in " + column(labelIndex) : "no label column";
  }

  private String column(int i) {
    return header ? "column '%s'".formatted(names.get(i)) : "column %d".formatted(i + 1);
  }

  /** Refuses a line with more or fewer fields than the first. */
  void requireAll(Path file, CsvRecord line) {
    if (line.getFieldCount() != names.size()) {
      throw CsvData.error(
          file,
          line.getStartingLineNumber(),
          "%d fields".formatted(line.getFieldCount()),
          "%d as in line 1".formatted(names.size()),
          "mend or leave out the line");
    }
  }

  /** Reads the number in a field. */
  float number(Path file, CsvRecord line, int i) {
    String text = line.getField(i);
    return DecimalNumber.parse(text)
        .orElseThrow(
            () ->
                CsvData.error(
                    file,
                    line.getStartingLineNumber(),
                    "%s in %s".formatted(text.isBlank() ? "nothing" : quoted(text), column(i)),
                    "a finite fp32 number",
                    "mend or leave out the line"));
  }

  /** Quotes a field for an error, in one line, cut where it is long. */
  static String quoted(String text) {
    String line = text.replaceAll("\\R", " ");
    return "'%s'".formatted(line.length() > 40 ? line.substring(0, 40) + "..." : line);
  }
}
