// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.util.function.UnaryOperator;
import org.fabriq.data.Samples;
import org.fabriq.model.Argmax;
import org.fabriq.model.Network;
import org.fabriq.tensor.Float32Tensor;

/** How many images a network classifies rightly in FabriQ's own fp32 arithmetic, not PyTorch's. */
public final class Accuracy {
  /** The most rows that logits are computed for at once. */
  static final int BATCH = 250;

  private Accuracy() {}

  /**
   * The percentage of right images, 0..100; the class is the first index of the greatest logit.
   *
   * @throws org.fabriq.ShapeException if the images do not fit the network
   */
  public static double percent(Network network, Samples images) {
    return percent(network::forward, images);
  }

  /**
   * The same of whatever makes logits of inputs.
   *
   * @param logits from M x pixels to M x classes
   */
  public static double percent(UnaryOperator<Float32Tensor> logits, Samples images) {
    int right = 0;
    for (int from = 0; from < images.count(); from += BATCH) {
      int to = Math.min(from + BATCH, images.count());
      Float32Tensor batch = logits.apply(images.inputs(from, to));
      for (int row = 0; row < to - from; row++) {
        if (Argmax.of(batch, row) == images.label(from + row)) {
          right++;
        }
      }
    }
    return 100.0 * right / images.count();
  }
}
