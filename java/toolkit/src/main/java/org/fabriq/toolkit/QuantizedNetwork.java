// SPDX-License-Identifier: Apache-2.0
package org.fabriq.toolkit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.model.Network;
import org.fabriq.quant.QuantizedWeights;

/**
 * A network whose weights are codes, beside the one it stands for. Both have the same layers.
 *
 * @param exact the network in fp32; equalized, if that was asked for
 * @param decoded the same in fp32 with what the codes stand for as weights, and corrected biases
 * @param weights the codes by layer name, of the shape of the layer's weights
 */
public record QuantizedNetwork(
    Network exact, Network decoded, Map<String, QuantizedWeights> weights) {
  /** Copies, sorted by name, read-only. */
  public QuantizedNetwork {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
  }
}
