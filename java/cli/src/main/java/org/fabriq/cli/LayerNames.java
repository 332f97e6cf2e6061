// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fabriq.model.Network;

/** The layers of a network that have weights. */
final class LayerNames {
  private LayerNames() {}

  /** The names of those that {@code --layers} means; numbers count layers with weights only. */
  static Set<String> chosen(Network network, String layers) {
    return chosen(network.weightedLayers(), "--layers", layers);
  }

  /** Those of the names that an option means. */
  static Set<String> chosen(List<String> names, String option, String layers) {
    return LayerList.parse(option, layers, names.size()).stream()
        .map(names::get)
        .collect(Collectors.toSet());
  }

  /** Layers as a sentence names them, as {@code layer 2} or {@code layers 1,3}. */
  static String text(List<String> names, Set<String> layers) {
    return layers.isEmpty()
        ? "no layer"
        : "layer%s %s".formatted(layers.size() == 1 ? "" : "s", numbers(names, layers));
  }

  /**
   * The numbers of layers, from 1, as {@code 1,3}.
   *
   * @param names of all layers with weights
   */
  static String numbers(List<String> names, Set<String> layers) {
    return IntStream.range(0, names.size())
        .filter(i -> layers.contains(names.get(i)))
        .mapToObj(i -> String.valueOf(i + 1))
        .collect(Collectors.joining(","));
  }
}
