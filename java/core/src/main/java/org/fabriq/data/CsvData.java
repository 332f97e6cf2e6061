// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.fabriq.FileFormatException;

/**
 * Reads samples of a CSV (RFC 4180, UTF-8): a line each, its fields numbers, one of them the label.
 * The first line is a header if none of its features is a number.
 */
record CsvData(Path file, CsvColumns columns, DataOptions options) implements DataSource {
  /** Names the label column of a CSV that has none. */
  static final String NO_LABELS = "none";

  private static final int BYTE_ORDER_MARK = 0xfeff;
  private static final int MAX_VALUES = Integer.MAX_VALUE / Float.BYTES - 8;

  static CsvData open(Path file, DataOptions options) {
    options.require("a CSV", true, true, false);
    try (CsvReader<CsvRecord> lines = reader(file)) {
      Iterator<CsvRecord> iterator = lines.iterator();
      if (!iterator.hasNext()) {
        throw error(file, 1, "no line", "lines of numbers", "name the file that was meant");
      }
      return new CsvData(file, CsvColumns.of(file, iterator.next().getFields(), options), options);
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw unreadable(file, e);
    }
  }

  private static CsvReader<CsvRecord> reader(Path file) throws IOException {
    return CsvReader.builder()
        .skipEmptyLines(true)
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(utf8(file));
  }

  /** A reader that refuses what is not UTF-8, behind a byte order mark if there is one. */
  private static BufferedReader utf8(Path file) throws IOException {
    BufferedReader reader = Files.newBufferedReader(file);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  private static FileFormatException unreadable(Path file, Exception cause) {
    Throwable reason = cause.getCause() == null ? cause : cause.getCause();
    String text =
        reason instanceof MalformedInputException ? "it is not UTF-8" : reason.getMessage();
    return new FileFormatException(
        file.toString(),
        "cannot be read as CSV: " + text,
        "check its quotes, and write it in UTF-8, as iconv -t UTF-8 does",
        cause);
  }

  /** Makes an error of a line, counted from 1. */
  static FileFormatException error(
      Path file, long line, String found, String expected, String remedy) {
    return new FileFormatException(file.toString(), "line " + line, found, expected, remedy);
  }

  @Override
  public String form() {
    String labels = options.labels() == null ? columns.label() : "labels of " + options.labels();
    return "CSV with %s, %s".formatted(columns.header() ? "a header" : "no header", labels);
  }

  @Override
  public boolean divided() {
    return false;
  }

  @Override
  public Samples read(Split split, int most, Progress progress) {
    CsvLabels labels = new CsvLabels(file);
    FloatList values = new FloatList();
    int count = 0;
    try (CsvReader<CsvRecord> lines = reader(file)) {
      for (CsvRecord line : lines) {
        boolean header = columns.header() && count == 0 && columns.isHeader(line.getFields());
        if (header && values.size() == 0) {
          continue;
        }
        columns.requireAll(file, line);
        if (columns.hasLabel()) {
          labels.add(line.getField(columns.labelIndex()), line.getStartingLineNumber());
        }
        count++;
        add(line, values, count <= most);
      }
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw unreadable(file, e);
    }
    if (count == 0) {
      throw error(file, 2, "no line behind the header", "lines of numbers", "name another file");
    }
    int read = Math.min(most, count);
    Samples samples = Samples.of(values.tensor(read, columns.features()));
    if (options.labels() != null) {
      return LabelArray.label(samples, count, file, options.labels());
    }
    return columns.hasLabel() ? labels.label(samples) : samples;
  }

  /** Reads the numbers of a line; those behind the last sample wanted are only checked. */
  private void add(CsvRecord line, FloatList values, boolean keep) {
    if (keep && values.size() > MAX_VALUES - columns.features()) {
      String found = "more than %,d values before it".formatted(values.size());
      throw error(file, line.getStartingLineNumber(), found, "less", "use fewer samples");
    }
    for (int i = 0; i < line.getFieldCount(); i++) {
      if (i == columns.labelIndex()) {
        continue;
      }
      float value = columns.number(file, line, i);
      if (keep) {
        values.add(value);
      }
    }
  }
}
