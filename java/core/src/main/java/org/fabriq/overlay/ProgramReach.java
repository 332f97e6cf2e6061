// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.WeightedIntegerLayer;

/** Tells how far programs can reach at most, without planning them. */
final class ProgramReach {
  /** The records that the end of a program may take beyond its layers. */
  private static final int END_RECORDS = 2;

  private final IntegerNetwork network;
  private final TargetChoice targets;
  private final PartBlocks blocks;
  private final int[] reach;

  ProgramReach(IntegerNetwork network, TargetChoice targets, PartBlocks blocks) {
    this.network = network;
    this.targets = targets;
    this.blocks = blocks;
    this.reach = new int[blocks.count()];
    for (int from = 0; from < reach.length; from++) {
      reach[from] = byRecords(from, byWeights(from));
    }
  }

  /** The last block that a program which begins with a block may have; the one before for none. */
  int of(int from) {
    return reach[from];
  }

  private OverlayTarget target(int from, int to) {
    return targets.of(blocks.layers(from, to));
  }

  private int byWeights(int from) {
    long codes = 0;
    int to = from;
    while (to < blocks.count() && !blocks.isForeign(to)) {
      codes += codes(blocks.layers(to, to));
      if (codes > capacity(from, to)) {
        return to - 1;
      }
      to++;
    }
    return to - 1;
  }

  /** The codes of weights that a program must hold at least. */
  private static long codes(List<IntegerLayer> layers) {
    return layers.stream()
        .filter(layer -> !(layer instanceof IntegerConv2d conv && conv.isDepthwise()))
        .filter(WeightedIntegerLayer.class::isInstance)
        .mapToLong(layer -> ((WeightedIntegerLayer) layer).weights().weight().codes().size())
        .sum();
  }

  /** The codes that a program of the blocks may have; -1 if they cannot be one. */
  private long capacity(int from, int to) {
    try {
      OverlayTarget target = target(from, to);
      long more = target.firstQuarterEntries() - target.weightEntries();
      return OverlayTarget.LANES
          * ((long) target.weightEntries() * OverlayTarget.COLUMNS
              + more * OverlayTarget.QUARTER_COLUMNS);
    } catch (InvalidArgumentException e) {
      return -1;
    }
  }

  /** Halves what is left, as a program has no fewer layers than a shorter one, but for its end. */
  private int byRecords(int from, int most) {
    int reached = from - 1;
    int tooFar = most + 1;
    while (tooFar - reached > 1) {
      int tried = (reached + tooFar) / 2;
      int layers = OverlayLayers.of(part(from, tried)).layers().size();
      boolean can = layers <= target(from, tried).records() + END_RECORDS;
      reached = can ? tried : reached;
      tooFar = can ? tooFar : tried;
    }
    return reached;
  }

  private IntegerNetwork part(int from, int to) {
    return network.part(blocks.first(from), blocks.last(to));
  }
}
