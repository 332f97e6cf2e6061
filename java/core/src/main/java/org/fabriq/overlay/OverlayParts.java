// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabriq.integer.IntegerNetwork;

/**
 * An integer network as programs of {@code network_i8} and layers that run one by one between them,
 * in as few launches as there can be. It is cut where one tensor alone goes on. What is not for the
 * overlay runs layer by layer, as do layers without weights that would be a program alone. Running
 * the parts one after the other gives what the network gives. Immutable.
 */
public final class OverlayParts {
  private final List<OverlayPart> parts;
  private final List<String> obstacles;
  private final Map<Integer, String> reasons;

  private OverlayParts(
      List<OverlayPart> parts, List<String> obstacles, Map<Integer, String> reasons) {
    this.parts = List.copyOf(parts);
    this.obstacles = List.copyOf(obstacles);
    this.reasons = Map.copyOf(reasons);
  }

  /** The parts of a network on one device. */
  public static OverlayParts of(IntegerNetwork network, OverlayTarget target) {
    return of(network, layers -> target);
  }

  /**
   * The parts of a network.
   *
   * @param targets which layers may be one program, and of which target
   */
  public static OverlayParts of(IntegerNetwork network, TargetChoice targets) {
    PartPlanner planner = new PartPlanner(network, targets);
    PartPlanner.Outcome whole = planner.plan(0, network.layers().size() - 1);
    if (whole.program().isPresent() && !network.weightedLayers().isEmpty()) {
      return new OverlayParts(List.of(whole.program().get()), List.of(), Map.of());
    }
    List<OverlayPart> blocks = new PartSearch(network, targets, planner).find();
    Map<Integer, String> reasons = new HashMap<>();
    for (OverlayPart block : blocks) {
      if (block instanceof LayersPart layers) {
        PartReasons why = PartReasons.of(layers, planner);
        for (int i = block.first(); i <= block.last(); i++) {
          reasons.put(i, why.of(i - block.first()));
        }
      }
    }
    List<String> obstacles =
        whole.program().isEmpty()
            ? whole.obstacles()
            : List.of("no layer has weights, and the host runs the others without a launch");
    return new OverlayParts(joined(network, blocks), obstacles, reasons);
  }

  private static List<OverlayPart> joined(IntegerNetwork network, List<OverlayPart> blocks) {
    List<OverlayPart> parts = new ArrayList<>();
    for (OverlayPart block : blocks) {
      OverlayPart before = parts.isEmpty() ? null : parts.get(parts.size() - 1);
      if (before instanceof LayersPart && block instanceof LayersPart) {
        parts.set(parts.size() - 1, LayersPart.of(network, before.first(), block.last()));
      } else {
        parts.add(block);
      }
    }
    return parts;
  }

  /** The parts, in order. */
  public List<OverlayPart> parts() {
    return parts;
  }

  /** The programs among the parts, in order. */
  public List<ProgramPart> programs() {
    return parts.stream()
        .filter(ProgramPart.class::isInstance)
        .map(ProgramPart.class::cast)
        .toList();
  }

  /** Whether the network is one program. */
  public boolean isWhole() {
    return parts.size() == 1 && parts.get(0) instanceof ProgramPart;
  }

  /** Why the network is not one program, a sentence each; empty if it is. */
  public List<String> obstacles() {
    return obstacles;
  }

  /** Why layer {@code i} of the network is in no program; empty if it is in one. */
  public Optional<String> reason(int i) {
    return Optional.ofNullable(reasons.get(i));
  }

  /** The programs, and the layers with weights that run by themselves. */
  public int launches() {
    return parts.stream().mapToInt(part -> PartCost.of(part).launches()).sum();
  }

  /** The layers with weights that are in no program, by name. */
  public List<String> outside() {
    return parts.stream()
        .filter(LayersPart.class::isInstance)
        .flatMap(part -> part.network().weightedLayers().stream())
        .toList();
  }
}
