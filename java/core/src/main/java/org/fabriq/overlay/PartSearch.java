// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fabriq.integer.IntegerNetwork;

/**
 * Finds the parts of a network that cost least, over all ways to cut it where one tensor alone goes
 * on: the best parts of the first blocks are the best of fewer blocks and one part more. Taking the
 * longest program that fits, again and again, is not enough: a shorter one may not fit where a
 * longer one does, since what it begins with is packed in another way, and its end takes records of
 * its own. But it tells how many launches are enough, and what would only take more is not planned.
 */
final class PartSearch {
  private final IntegerNetwork network;
  private final PartBlocks blocks;
  private final ProgramReach reach;
  private final PartPlanner planner;

  /** Parts up to a block and their cost. */
  private record Best(PartCost cost, OverlayPart part, Best before) {
    static final Best START = new Best(PartCost.NOTHING, null, null);

    Best with(OverlayPart next) {
      return new Best(cost.plus(PartCost.of(next)), next, this);
    }

    List<OverlayPart> parts() {
      List<OverlayPart> parts = new ArrayList<>();
      for (Best at = this; at.before != null; at = at.before) {
        parts.add(at.part);
      }
      Collections.reverse(parts);
      return parts;
    }
  }

  PartSearch(IntegerNetwork network, TargetChoice targets, PartPlanner planner) {
    this.network = network;
    this.planner = planner;
    this.blocks = new PartBlocks(network, targets);
    this.reach = new ProgramReach(network, targets, blocks);
  }

  /** The parts, in order. Those that run one by one are single blocks. */
  List<OverlayPart> find() {
    int enough = longestFirst().cost().launches();
    Best[] best = new Best[blocks.count() + 1];
    best[0] = Best.START;
    for (int from = 0; from < blocks.count(); from++) {
      offer(best, from + 1, best[from].with(alone(from)));
      int left = enough - best[from].cost().launches() - 1;
      for (int to = from; to <= reach.of(from); to++) {
        if (blocks.least(to + 1) <= left) {
          Best before = best[from];
          int next = to + 1;
          program(from, to).ifPresent(part -> offer(best, next, before.with(part)));
        }
      }
    }
    return best[blocks.count()].parts();
  }

  private static void offer(Best[] best, int next, Best offered) {
    if (best[next] == null || offered.cost().compareTo(best[next].cost()) < 0) {
      best[next] = offered;
    }
  }

  private Best longestFirst() {
    Best at = Best.START;
    for (int from = 0; from < blocks.count(); ) {
      int to = reach.of(from);
      while (to >= from && !(blocks.hasWeights(from, to) && program(from, to).isPresent())) {
        to--;
      }
      at = at.with(to < from ? alone(from) : program(from, to).orElseThrow());
      from = Math.max(from, to) + 1;
    }
    return at;
  }

  private OverlayPart alone(int block) {
    return LayersPart.of(network, blocks.first(block), blocks.last(block));
  }

  private Optional<ProgramPart> program(int from, int to) {
    return planner.plan(blocks.first(from), blocks.last(to)).program();
  }
}
