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

  /** The names of those that {@code --layers} means; numbers count layers with weights only. */
  static Set<String> chosen(Network network, String layers) {
    List<String> names =
        network.layers().stream().filter(WeightedLayer.class::isInstance).map(Layer::name).toList();
    return LayerList.parse("--layers", layers, names.size()).stream()
        .map(names::get)
        .collect(Collectors.toSet());
  }
}
