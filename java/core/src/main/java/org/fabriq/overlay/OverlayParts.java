// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.WeightedIntegerLayer;

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
    List<String> obstacles = new ArrayList<>();
    Optional<OverlayPart> whole = whole(network, targets, obstacles);
    if (whole.isPresent() && !network.weightedLayers().isEmpty()) {
      return new OverlayParts(List.of(whole.get()), obstacles, Map.of());
    }
    List<OverlayPart> blocks = new PartSearch(network, targets).find();
    Map<Integer, String> reasons = new HashMap<>();
    for (OverlayPart block : blocks) {
      if (!block.isProgram()) {
        PartReasons why = PartReasons.of(block, targets);
        for (int i = block.first(); i <= block.last(); i++) {
          reasons.put(i, why.of(i - block.first()));
        }
      }
    }
    return new OverlayParts(joined(network, blocks), obstacles, reasons);
  }

  private static Optional<OverlayPart> whole(
      IntegerNetwork network, TargetChoice targets, List<String> obstacles) {
    try {
      OverlayTarget target = targets.of(network.layers());
      OverlayPart part = OverlayPart.planned(network, 0, network.layers().size() - 1, target);
      if (part.isProgram()) {
        return Optional.of(part);
      }
      obstacles.addAll(part.obstacles());
    } catch (InvalidArgumentException e) {
      obstacles.add(e.getMessage());
    }
    return Optional.empty();
  }

  private static List<OverlayPart> joined(IntegerNetwork network, List<OverlayPart> blocks) {
    List<OverlayPart> parts = new ArrayList<>();
    for (OverlayPart block : blocks) {
      OverlayPart before = parts.isEmpty() ? null : parts.get(parts.size() - 1);
      if (before != null && !before.isProgram() && !block.isProgram()) {
        parts.set(parts.size() - 1, OverlayPart.layers(network, before.first(), block.last()));
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

  /** Whether the network is one program. */
  public boolean isWhole() {
    return parts.size() == 1 && parts.get(0).isProgram();
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
        .filter(part -> !part.isProgram())
        .flatMap(part -> part.network().layers().stream())
        .filter(WeightedIntegerLayer.class::isInstance)
        .map(layer -> layer.name())
        .toList();
  }
}
