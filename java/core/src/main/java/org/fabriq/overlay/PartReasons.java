// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;
import java.util.Optional;
import org.fabriq.integer.IntegerLayer;

/** Says of each layer of a part that runs one by one why it is in no program. */
final class PartReasons {
  private final List<IntegerLayer> layers;
  private final List<LayerObstacle> own;
  private final String all;

  /**
   * Finds the reasons.
   *
   * @param part layers between which no tensor goes on alone
   */
  static PartReasons of(LayersPart part, PartPlanner planner) {
    List<LayerObstacle> own = OverlayLayers.of(part.network()).obstacles();
    return new PartReasons(part.network().layers(), own, own.isEmpty() ? all(part, planner) : "");
  }

  private PartReasons(List<IntegerLayer> layers, List<LayerObstacle> own, String all) {
    this.layers = layers;
    this.own = own;
    this.all = all;
  }

  private static String all(LayersPart part, PartPlanner planner) {
    PartPlanner.Outcome outcome = planner.plan(part.first(), part.last());
    return outcome.program().isPresent()
        ? "it has no weights, and would be a launch of its own"
        : String.join("; ", outcome.obstacles());
  }

  /** The reason of the part's layer {@code i}, from 0. */
  String of(int i) {
    String name = layers.get(i).name();
    Optional<LayerObstacle> obstacle =
        own.stream().filter(each -> each.layer().equals(name)).findFirst();
    if (obstacle.isPresent()) {
      return obstacle.get().reason();
    }
    return own.isEmpty()
        ? all
        : "no tensor goes on alone between it and layer %s, which is in none"
            .formatted(own.get(0).layer());
  }
}
