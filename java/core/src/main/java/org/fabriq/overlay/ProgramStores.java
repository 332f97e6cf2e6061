// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a program puts into the kernel's stores, entry after entry. */
final class ProgramStores {
  /** The bytes of an entry of weights. */
  private static final int WEIGHT_BYTES = OverlayTarget.LANES * OverlayTarget.COLUMNS;

  /** The bytes of a row of taps. */
  private static final int TAP_BYTES = 64;

  /** The bytes of an entry of column parameters. */
  private static final int COLUMN_BYTES = 8 * OverlayTarget.QUARTER_COLUMNS;

  private final List<byte[]> weights = new ArrayList<>();
  private final List<byte[]> narrow = new ArrayList<>();
  private final List<byte[]> taps = new ArrayList<>();
  private final List<byte[]> columns = new ArrayList<>();
  private final List<byte[]> tables = new ArrayList<>();

  /** Gives the code of a lane for a column. */
  @FunctionalInterface
  interface Weights {
    byte code(int lane, int column);
  }

  /** Gives the weight of a channel at one of three taps. */
  @FunctionalInterface
  interface Taps {
    byte code(int channel, int tap);
  }

  /** Gives the parameters of one of 16 columns. */
  @FunctionalInterface
  interface Columns {
    long parameters(int column);
  }

  /**
   * Adds an entry of weights.
   *
   * @param onlyFirst whether it is for the first quarter alone
   */
  void addWeights(boolean onlyFirst, Weights codes) {
    byte[] entry = new byte[WEIGHT_BYTES];
    for (int column = 0; column < OverlayTarget.COLUMNS; column++) {
      for (int lane = 0; lane < OverlayTarget.LANES; lane++) {
        entry[weightByte(lane, column)] = codes.code(lane, column);
      }
    }
    (onlyFirst ? narrow : weights).add(entry);
  }

  /** Where an entry of weights holds the code of a lane for a column. */
  static int weightByte(int lane, int column) {
    int word = OverlayTarget.LANES * (column / 8) + lane;
    return 8 * word + column % 8;
  }

  void addTaps(Taps codes) {
    byte[] row = new byte[TAP_BYTES];
    for (int channel = 0; channel < OverlayTarget.LANES; channel++) {
      for (int tap = 0; tap < 3; tap++) {
        row[8 * channel + tap] = codes.code(channel, tap);
      }
    }
    taps.add(row);
  }

  void addColumns(Columns parameters) {
    ByteBuffer entry = ByteBuffer.allocate(COLUMN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int column = 0; column < OverlayTarget.QUARTER_COLUMNS; column++) {
      entry.putLong(parameters.parameters(column));
    }
    columns.add(entry.array());
  }

  /** The number of a table, which equal ones share. */
  int table(byte[] codes) {
    for (int i = 0; i < tables.size(); i++) {
      if (Arrays.equals(tables.get(i), codes)) {
        return i;
      }
    }
    tables.add(codes.clone());
    return tables.size() - 1;
  }

  /** The entries for all quarters. */
  List<byte[]> weights() {
    return Collections.unmodifiableList(weights);
  }

  /** The entries for the first quarter alone. */
  List<byte[]> narrow() {
    return Collections.unmodifiableList(narrow);
  }

  /** All of them, those for the first quarter behind as many as there are for all. */
  List<byte[]> allWeights(int depth) {
    List<byte[]> all = new ArrayList<>(weights);
    while (!narrow.isEmpty() && all.size() < depth) {
      all.add(new byte[WEIGHT_BYTES]);
    }
    all.addAll(narrow);
    return all;
  }

  List<byte[]> taps() {
    return Collections.unmodifiableList(taps);
  }

  List<byte[]> columns() {
    return Collections.unmodifiableList(columns);
  }

  List<byte[]> tables() {
    return Collections.unmodifiableList(tables);
  }
}
