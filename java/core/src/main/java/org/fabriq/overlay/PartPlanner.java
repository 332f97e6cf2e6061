// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;

/**
 * Plans layers of a network as programs, the same ones no more than once. Not for several threads
 * at once.
 */
final class PartPlanner {
  /**
   * What became of layers.
   *
   * @param program empty if they are none
   * @param obstacles why they are none, a sentence each
   */
  record Outcome(Optional<ProgramPart> program, List<String> obstacles) {}

  private record Range(int first, int last) {}

  private final IntegerNetwork network;
  private final TargetChoice targets;
  private final Map<Range, Outcome> outcomes = new HashMap<>();

  PartPlanner(IntegerNetwork network, TargetChoice targets) {
    this.network = network;
    this.targets = targets;
  }

  /** What becomes of the layers from {@code first} to {@code last} as one program. */
  Outcome plan(int first, int last) {
    return outcomes.computeIfAbsent(new Range(first, last), this::planned);
  }

  private Outcome planned(Range range) {
    try {
      OverlayTarget target = targets.of(network.layers().subList(range.first, range.last + 1));
      IntegerNetwork part = network.part(range.first, range.last);
      OverlayPlan plan = OverlayPlan.of(part, target, 1);
      return new Outcome(
          Optional.of(plan)
              .filter(OverlayPlan::fits)
              .map(fits -> new ProgramPart(range.first, range.last, part, target, fits)),
          plan.obstacles());
    } catch (InvalidArgumentException e) {
      return new Outcome(Optional.empty(), List.of(e.getMessage()));
    }
  }
}
