// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
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
  static PartReasons of(OverlayPart part, TargetChoice targets) {
    List<LayerObstacle> own = OverlayLayers.of(part.network()).obstacles();
    return new PartReasons(part.network().layers(), own, own.isEmpty() ? all(part, targets) : "");
  }

  private PartReasons(List<IntegerLayer> layers, List<LayerObstacle> own, String all) {
    this.layers = layers;
    this.own = own;
    this.all = all;
  }

  private static String all(OverlayPart part, TargetChoice targets) {
    try {
      OverlayPlan plan = OverlayPlan.of(part.network(), targets.of(part.network().layers()), 1);
      return plan.fits()
          ? "it has no weights, and would be a launch of its own"
          : String.join("; ", plan.obstacles());
    } catch (InvalidArgumentException e) {
      return e.getMessage();
    }
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
