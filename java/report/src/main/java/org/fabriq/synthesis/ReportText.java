// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fabriq.FileFormatException;
import org.fabriq.io.IoReason;

/** A report's text, by lines (the first is line 1), with errors that name file and line. */
final class ReportText {
  /** A report of a large design has some 100,000 lines. */
  private static final long MAX_BYTES = 64L << 20;

  private static final Pattern NUMBER = Pattern.compile("~?<?([0-9][0-9,]*(?:\\.[0-9]+)?)");

  private final Path file;
  private final String text;
  private final List<String> lines;

  /** A text that is there already, under a name for people. */
  ReportText(Path file, String text) {
    this.file = file;
    this.text = text;
    this.lines = text.lines().toList();
  }

  /**
   * Reads a file.
   *
   * @throws FileFormatException if it cannot be read, is empty, binary or over 64 MiB
   */
  static ReportText read(Path file) {
    try {
      long size = Files.size(file);
      if (size == 0 || size > MAX_BYTES) {
        throw new FileFormatException(
            file.toString(),
            "line 1",
            "%,d bytes".formatted(size),
            "a report of 1 byte to 64 MiB",
            "name the report a synthesis tool wrote");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      if (text.indexOf('\0') >= 0) {
        throw new FileFormatException(
            file.toString(), "line 1", "a binary file", "text", "name the report, not the xclbin");
      }
      return new ReportText(file, text);
    } catch (IOException e) {
      throw new FileFormatException(
          file.toString(), "cannot be read: " + IoReason.of(e), "check name and rights", e);
    }
  }

  Path file() {
    return file;
  }

  String text() {
    return text;
  }

  int lineCount() {
    return lines.size();
  }

  /** A line, from 1 on. */
  String line(int number) {
    return lines.get(number - 1);
  }

  /** Whether one of the first lines contains a text. */
  boolean startsWith(String part, int within) {
    return lines.stream().limit(within).anyMatch(line -> line.contains(part));
  }

  /** The first line at or after one that matches, or 0. */
  int find(Pattern pattern, int from) {
    for (int i = from; i <= lines.size(); i++) {
      if (pattern.matcher(lines.get(i - 1)).find()) {
        return i;
      }
    }
    return 0;
  }

  /** As {@link #find}; an error where there is none. */
  int require(Pattern pattern, int from, String what) {
    int line = find(pattern, from);
    if (line == 0) {
      throw error(lines.size(), "the end of the file", what);
    }
    return line;
  }

  /** The first group of the first line that matches, or an empty text. */
  String first(Pattern pattern) {
    for (String line : lines) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher.group(1).strip();
      }
    }
    return "";
  }

  /** The cells of a table's row, {@code | a | b |}, stripped. */
  List<String> cells(int number) {
    String line = line(number).strip();
    if (line.length() < 2 || line.charAt(0) != '|' || !line.endsWith("|")) {
      throw error(number, "'" + shortened(line) + "'", "a row of a table, | a | b |");
    }
    return Pattern.compile("\\|")
        .splitAsStream(line.substring(1, line.length() - 1))
        .map(String::strip)
        .toList();
  }

  /**
   * A count: {@code 1,024}, {@code 12.5} as it is, {@code 5 (2%)} as 5, {@code -} as 0; empty for
   * an unknown one ({@code ?}, {@code undef}, nothing).
   */
  OptionalDouble number(int line, String cell) {
    String value = cell.strip();
    if (value.equals("-")) {
      return OptionalDouble.of(0);
    }
    if (value.isEmpty() || value.equals("?") || value.equals("undef") || value.equals("N/A")) {
      return OptionalDouble.empty();
    }
    Matcher matcher = NUMBER.matcher(value);
    if (!matcher.lookingAt()) {
      throw error(line, "'" + shortened(value) + "'", "a number");
    }
    return OptionalDouble.of(Double.parseDouble(matcher.group(1).replace(",", "")));
  }

  /** {@link #number}, of whole units. */
  OptionalLong count(int line, String cell) {
    OptionalDouble number = number(line, cell);
    return number.isEmpty() ? OptionalLong.empty() : OptionalLong.of(whole(number.getAsDouble()));
  }

  /** Half tiles are rounded up. */
  static long whole(double number) {
    return (long) Math.ceil(number);
  }

  FileFormatException error(int line, String found, String expected) {
    return new FileFormatException(
        file.toString(), "line " + line, found, expected, "let the tool write the report again");
  }

  /** What is wrong with JSON, without the parser's own account of where. */
  static String problem(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
  }

  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
