// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.List;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Calibration;
import org.fabriq.model.Network;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;

/** Integer graphs of networks, calibrated on the samples they are given. */
public final class RandomIntegerNetwork {
  private RandomIntegerNetwork() {}

  /**
   * @param weights as {@code per-channel:8}
   * @param activations as {@code affine:8}
   */
  public static IntegerNetwork of(
      Network network, Float32Tensor x, String weights, String activations, OutputScales scales) {
    Network folded = BatchNormFolding.fold(network);
    return IntegerNetwork.of(
        folded,
        NearestWeights.quantize(folded, QuantizerSpec.parse(weights)),
        Calibration.of(folded, List.of(x), QuantizerSpec.parse(activations)),
        scales);
  }
}
