// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Comparator;

/**
 * What parts cost, to be compared: first launches, then layers outside of programs, then cycles.
 *
 * @param launches of programs, and of layers with weights that run by themselves
 * @param outside the layers in no program
 * @param cycles of the programs, for each further image
 */
record PartCost(int launches, int outside, long cycles) implements Comparable<PartCost> {
  static final PartCost NOTHING = new PartCost(0, 0, 0);

  private static final Comparator<PartCost> ORDER =
      Comparator.comparingInt(PartCost::launches)
          .thenComparingInt(PartCost::outside)
          .thenComparingLong(PartCost::cycles);

  static PartCost of(OverlayPart part) {
    return part instanceof ProgramPart program
        ? new PartCost(1, 0, program.plan().cycles().following())
        : new PartCost(part.network().weightedLayers().size(), part.network().layers().size(), 0);
  }

  /** The cost of both. */
  PartCost plus(PartCost other) {
    return new PartCost(launches + other.launches, outside + other.outside, cycles + other.cycles);
  }

  @Override
  public int compareTo(PartCost other) {
    return ORDER.compare(this, other);
  }
}
