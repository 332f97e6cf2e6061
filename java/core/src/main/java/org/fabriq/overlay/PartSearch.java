// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.WeightedIntegerLayer;

/**
 * Finds the parts of a network that cost least, over all ways to cut it where one tensor alone goes
 * on: the best parts of the first blocks are the best of fewer blocks and one part more. Taking the
 * longest part that fits is not enough: a shorter one may not fit where a longer one does, since
 * what a part begins with is packed in another way, and its end takes records of its own.
 */
final class PartSearch {
  /** The records that the end of a program may take beyond its layers. */
  private static final int END_RECORDS = 2;

  private final IntegerNetwork network;
  private final TargetChoice targets;
  private final int[] cuts;
  private final Best[] best;

  /** The least cost of some blocks, the last of their parts, and what is before that. */
  private record Best(PartCost cost, OverlayPart part, Best before) {}

  PartSearch(IntegerNetwork network, TargetChoice targets) {
    this.network = network;
    this.targets = targets;
    this.cuts = network.graph().cuts();
    this.best = new Best[cuts.length + 1];
  }

  /** The parts, in order. Those that run one by one are single blocks. */
  List<OverlayPart> find() {
    best[0] = new Best(PartCost.NOTHING, null, null);
    for (int from = 0; from < cuts.length; from++) {
      offer(from, from, OverlayPart.layers(network, first(from), cuts[from]));
      offerPrograms(from);
    }
    List<OverlayPart> parts = new ArrayList<>();
    for (Best at = best[cuts.length]; at.before() != null; at = at.before()) {
      parts.add(at.part());
    }
    Collections.reverse(parts);
    return parts;
  }

  private int first(int block) {
    return block == 0 ? 0 : cuts[block - 1] + 1;
  }

  private void offer(int from, int to, OverlayPart part) {
    Best offered = new Best(best[from].cost().plus(PartCost.of(part)), part, best[from]);
    Best known = best[to + 1];
    if (known == null || offered.cost().compareTo(known.cost()) < 0) {
      best[to + 1] = offered;
    }
  }

  /** Offers all programs that begin with a block, until more layers can fit no more. */
  private void offerPrograms(int from) {
    boolean more = true;
    for (int to = from; to < cuts.length && more; to++) {
      List<IntegerLayer> layers = network.layers().subList(first(from), cuts[to] + 1);
      OverlayTarget target = target(layers);
      more = target != null && codes(layers) <= capacity(target);
      if (more) {
        OverlayPart part = OverlayPart.planned(network, first(from), cuts[to], target);
        if (part.isProgram()) {
          offer(from, to, part);
        }
        more = part.isProgram() || canGrow(part.network(), target);
      }
    }
  }

  private OverlayTarget target(List<IntegerLayer> layers) {
    try {
      return targets.of(layers);
    } catch (InvalidArgumentException e) {
      return null;
    }
  }

  /** The codes of weights that a program must hold at least. */
  private static long codes(List<IntegerLayer> layers) {
    return layers.stream()
        .filter(layer -> !(layer instanceof IntegerConv2d conv && conv.isDepthwise()))
        .filter(WeightedIntegerLayer.class::isInstance)
        .mapToLong(layer -> ((WeightedIntegerLayer) layer).weights().weight().codes().size())
        .sum();
  }

  private static long capacity(OverlayTarget target) {
    long more = target.firstQuarterEntries() - target.weightEntries();
    return OverlayTarget.LANES
        * ((long) target.weightEntries() * OverlayTarget.COLUMNS
            + more * OverlayTarget.QUARTER_COLUMNS);
  }

  /** Whether layers that do not fit may with more of them. */
  private static boolean canGrow(IntegerNetwork part, OverlayTarget target) {
    OverlayLayers layers = OverlayLayers.of(part);
    return layers.obstacles().isEmpty() && layers.layers().size() <= target.records() + END_RECORDS;
  }
}
