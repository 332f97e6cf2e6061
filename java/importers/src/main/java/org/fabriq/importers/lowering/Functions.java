// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import org.fabriq.model.ActivationLayer;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.HardSigmoidLayer;
import org.fabriq.model.HardSwishLayer;
import org.fabriq.model.LayerType;
import org.fabriq.model.LeakyReluLayer;

/** Names of layers that are functions of each value. */
final class Functions {
  private Functions() {}

  /** What layers of a function are called, as {@code tanh}. */
  static String word(FunctionLayer layer) {
    return LayerType.word(layer).replace("-", "");
  }

  /** The same function under another name. */
  static FunctionLayer named(FunctionLayer layer, String name) {
    if (layer instanceof ActivationLayer activation) {
      return new ActivationLayer(name, activation.activation());
    } else if (layer instanceof LeakyReluLayer leaky) {
      return new LeakyReluLayer(name, leaky.slope());
    } else if (layer instanceof HardSigmoidLayer sigmoid) {
      return new HardSigmoidLayer(name, sigmoid.slope(), sigmoid.offset());
    } else if (layer instanceof HardSwishLayer) {
      return new HardSwishLayer(name);
    } else if (layer instanceof ClipLayer clip) {
      return new ClipLayer(name, clip.min(), clip.max());
    }
    throw new IllegalStateException("no name for " + layer);
  }
}
