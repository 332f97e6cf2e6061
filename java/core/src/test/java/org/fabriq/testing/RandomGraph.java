// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.List;
import org.fabriq.graph.GraphWeights;
import org.fabriq.graph.NetworkCalibration;
import org.fabriq.graph.OutputScales;
import org.fabriq.graph.QuantizedGraph;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Network;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;

/** Integer graphs of networks, calibrated on the samples they are given. */
public final class RandomGraph {
  private RandomGraph() {}

  /**
   * @param weights as {@code per-channel:8}
   * @param activations as {@code affine:8}
   */
  public static QuantizedGraph of(
      Network network, Float32Tensor x, String weights, String activations, OutputScales scales) {
    Network folded = BatchNormFolding.fold(network);
    return QuantizedGraph.of(
        folded,
        GraphWeights.quantize(folded, QuantizerSpec.parse(weights)),
        NetworkCalibration.of(folded, List.of(x), QuantizerSpec.parse(activations)),
        scales);
  }
}
