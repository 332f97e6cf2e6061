// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person sees after a terminal of so many columns was sent this text, with all that scrolled
 * off its top. Long lines go on in the next row, as xterm does it: only when a character more
 * comes. A sequence that it does not know is an error.
 */
final class TerminalPicture {
  private static final int HEIGHT = 40;
  private static final Pattern SEQUENCE = Pattern.compile("\033\\[([?0-9;]*)([@-~])");

  /** A row; {@code wrapped} says that the next one goes on with its line. */
  private static final class Row {
    private final char[] cells;
    private boolean wrapped;

    Row(int columns) {
      cells = new char[columns];
      Arrays.fill(cells, ' ');
    }

    void clear(int from, int to) {
      Arrays.fill(cells, from, to, ' ');
      wrapped &= to < cells.length;
    }
  }

  private final int columns;
  private final List<Row> rows = new ArrayList<>();
  private int row;
  private int column;

  TerminalPicture(int columns, String text) {
    this.columns = columns;
    rows.add(new Row(columns));
    Matcher sequence = SEQUENCE.matcher(text);
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '\033') {
        if (!sequence.find(i) || sequence.start() != i) {
          throw unknown(text.substring(i, Math.min(text.length(), i + 10)));
        }
        obey(sequence.group(1), sequence.group(2).charAt(0));
        i = sequence.end();
      } else {
        put(text.charAt(i++));
      }
    }
  }

  private void put(char character) {
    switch (character) {
      case '\r' -> column = 0;
      case '\n' -> down();
      case '\b' -> column = Math.max(0, Math.min(column, columns - 1) - 1);
      case '\t' -> column = Math.min(columns - 1, column / 8 * 8 + 8);
      default -> {
        if (character < ' ') {
          throw unknown("%02x".formatted((int) character));
        }
        if (column == columns) {
          rows.get(row).wrapped = true;
          column = 0;
          down();
        }
        rows.get(row).cells[column++] = character;
      }
    }
  }

  private void down() {
    row++;
    if (row == rows.size()) {
      rows.add(new Row(columns));
    }
  }

  private void obey(String arguments, char command) {
    int first = arguments.matches("[0-9]+") ? Integer.parseInt(arguments) : 0;
    int steps = Math.max(1, first);
    int at = Math.min(column, columns - 1);
    int top = Math.max(0, rows.size() - HEIGHT);
    switch (command) {
      case 'A' -> row = Math.max(top, row - steps);
      case 'B' -> row = Math.min(rows.size() - 1, row + steps);
      case 'C' -> column = Math.min(columns - 1, at + steps);
      case 'D' -> column = Math.max(0, at - steps);
      case 'G' -> column = Math.min(columns, steps) - 1;
      case 'K' -> rows.get(row).clear(first == 0 ? at : 0, first == 1 ? at + 1 : columns);
      case 'J' -> {
        if (first != 0) {
          throw unknown("ESC[" + arguments + command);
        }
        rows.get(row).clear(at, columns);
        rows.subList(row + 1, rows.size()).forEach(below -> below.clear(0, columns));
      }
      case 'm' -> {}
      default -> throw unknown("ESC[" + arguments + command);
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException("the terminal of this test does not know " + text);
  }

  /** Column of the cursor, from 0. */
  int column() {
    return column;
  }

  /** The lines, wrapped ones put together, without blanks at their ends and empty last ones. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Row each : rows) {
      line.append(each.cells);
      if (!each.wrapped) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }
}
