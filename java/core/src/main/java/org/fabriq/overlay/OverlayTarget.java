// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Map;
import java.util.Set;
import org.fabriq.InvalidArgumentException;

/**
 * The sizes of a built {@code network_i8}: what a program may use.
 *
 * @param name of the configuration of the kernel's sources, as {@code zynq}
 * @param lines of the activation memory, each of 8 banks of 8 codes
 * @param weightEntries each 8 lanes of 64 columns; the last holds zeros where a program has
 *     depthwise layers
 * @param firstQuarterEntries what the first quarter has of these, as many or more; those beyond are
 *     for layers that take no other quarter
 * @param tapRows each the three weights of a row of a window for 8 channels
 * @param columnEntries each the parameters of 16 columns
 * @param tables of 256 codes
 * @param records of layers
 * @param lanes the multipliers of a column: {@value #LANES}, or half of them, which take a word in
 *     two cycles
 */
public record OverlayTarget(
    String name,
    int lines,
    int weightEntries,
    int firstQuarterEntries,
    int tapRows,
    int columnEntries,
    int tables,
    int records,
    int lanes) {
  /** The columns of the array; the form of an image rests on them. */
  public static final int COLUMNS = 64;

  /** The quarters of the array, each of which can take a pixel of its own. */
  public static final int QUARTERS = 4;

  /** The columns of a quarter. */
  public static final int QUARTER_COLUMNS = COLUMNS / QUARTERS;

  /** The codes of a word, which are the channels of a block, and the most lanes of the array. */
  public static final int LANES = 8;

  /** The banks of the activation memory, and so the pixels that are read at once. */
  public static final int BANKS = 8;

  /** The cycles that a layer may take of its own: the kernel ends a call whose layer takes more. */
  public static final int LONGEST_LAYER = 1 << 20;

  private static final Map<String, OverlayTarget> NAMED =
      OverlayTargets.of(KernelResource.read("network_i8.targets.json"));

  /** What is planned for where nothing else is said, and what emulations hold: a Zynq-7020's. */
  public static final OverlayTarget DEFAULT = named("zynq");

  /**
   * @throws InvalidArgumentException if a size is not above 0, the first quarter has fewer entries
   *     than the others, or the lanes are neither all nor half
   */
  public OverlayTarget {
    if (firstQuarterEntries < weightEntries) {
      throw new InvalidArgumentException(
          "%d entries of weights in the first quarter, limit %d and more, as in the others"
              .formatted(firstQuarterEntries, weightEntries));
    }
    if (Math.min(Math.min(lines, weightEntries), Math.min(tapRows, columnEntries)) < 1
        || tables < 0
        || records < 1) {
      throw new InvalidArgumentException(
          "%d lines, %d entries of weights, %d rows of taps, %d of columns, %d tables, %d records;"
                  .formatted(lines, weightEntries, tapRows, columnEntries, tables, records)
              + " all but the tables must be above 0");
    }
    if (lanes != LANES && 2 * lanes != LANES) {
      throw new InvalidArgumentException(
          "%d lanes of a column, limits %d and %d".formatted(lanes, LANES / 2, LANES));
    }
  }

  /** The multiplications that the array makes in a cycle. */
  public int peak() {
    return COLUMNS * lanes;
  }

  /** The cycles of a beat of a convolution; beats of other layers take one. */
  int beatCycles() {
    return LANES / lanes;
  }

  /**
   * The configuration of the kernel's sources with this name.
   *
   * @throws InvalidArgumentException if there is none
   */
  public static OverlayTarget named(String name) {
    OverlayTarget target = NAMED.get(name);
    if (target == null) {
      throw new InvalidArgumentException(
          "no target is called '%s'; there are %s".formatted(name, String.join(", ", names())));
    }
    return target;
  }

  /** The names of all configurations, in the order of the kernel's description. */
  public static Set<String> names() {
    return NAMED.keySet();
  }
}
