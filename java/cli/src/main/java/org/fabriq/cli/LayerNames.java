// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fabriq.model.Layer;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;

/** The layers of a network that have weights. */
final class LayerNames {
  private LayerNames() {}

  /** The names of those that {@code --place} means; numbers count layers with weights only. */
  static Set<String> placed(Network network, String place) {
    List<String> names =
        network.layers().stream().filter(WeightedLayer.class::isInstance).map(Layer::name).toList();
    return LayerList.parse(place, names.size()).stream()
        .map(names::get)
        .collect(Collectors.toSet());
  }
}
