// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.stream.Collectors;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.Model;
import org.fabriq.model.Network;

/** A model in a few words, for headings. */
final class NetworkText {
  private NetworkText() {}

  /**
   * The sizes of dense layers, as {@code 784-128-64-10}; the layers' names where there are others.
   */
  static String of(Model model) {
    if (!(model instanceof Network network)) {
      return model.toString();
    }
    if (!isDense(network)) {
      return network.toString();
    }
    return network.input()
        + network.weightedLayers().stream()
            .map(name -> "-" + network.weightedLayer(name).outputs())
            .collect(Collectors.joining());
  }

  /** Whether it is dense layers one after the other, with functions of each value between them. */
  static boolean isDense(Network network) {
    return network.graph().isChain()
        && network.layers().stream()
            .allMatch(layer -> layer instanceof DenseLayer || layer instanceof FunctionLayer);
  }
}
