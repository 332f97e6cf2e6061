// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.ArgmaxLayer;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.Model;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;

/**
 * Takes an ArgMax off the end of a model: what is measured is the values that it compares, one per
 * class, and the class follows from them in any case.
 */
final class ClassScores {
  private ClassScores() {}

  /** The model without an ArgMax behind its last layer; itself if it has none, or nothing else. */
  static Model of(Model model) {
    if (model instanceof IntegerNetwork integers) {
      return of(integers);
    }
    if (model instanceof QuantizedNetwork quantized) {
      return new QuantizedNetwork(
          of(quantized.network()), quantized.weights(), quantized.encodings());
    }
    return of((Network) model);
  }

  private static Network of(Network network) {
    int last = network.layers().size() - 1;
    return last > 0 && network.layers().get(last) instanceof ArgmaxLayer
        ? new Network(network.input(), network.graph().without(last))
        : network;
  }

  private static IntegerNetwork of(IntegerNetwork network) {
    List<EpilogueLayer> epilogue = network.epilogue();
    int last = epilogue.size() - 1;
    return last >= 0 && epilogue.get(last) instanceof ArgmaxLayer
        ? new IntegerNetwork(
            network.input(), network.inputCodes(), network.graph(), epilogue.subList(0, last))
        : network;
  }
}
