// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import org.fabriq.data.LabelledImages;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.model.Argmax;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.tensor.Float32Tensor;

/** How many images a network classifies rightly in FabriQ's own fp32 arithmetic, not PyTorch's. */
public final class Accuracy {
  private static final int BATCH = 250;

  private Accuracy() {}

  /**
   * The percentage of right images, 0..100; the class is the first index of the greatest logit.
   *
   * @throws org.fabriq.ShapeException if the images do not fit the network
   */
  public static double percent(Mlp mlp, LabelledImages images) {
    int right = 0;
    for (int from = 0; from < images.count(); from += BATCH) {
      int to = Math.min(from + BATCH, images.count());
      Float32Tensor logits = logits(mlp, images.inputs(from, to));
      for (int row = 0; row < to - from; row++) {
        if (Argmax.of(logits, row) == images.label(from + row)) {
          right++;
        }
      }
    }
    return 100.0 * right / images.count();
  }

  private static Float32Tensor logits(Mlp mlp, Float32Tensor inputs) {
    Float32Tensor x = inputs;
    for (DenseLayer layer : mlp.layers()) {
      Float32Tensor y = Float32Tensor.allocate(x.rows(), layer.weight().rows());
      new JavaMatmul(WeightsF32F32.ofLayer(layer.weight(), layer.bias())).multiply(x, y);
      layer.activation().apply(y);
      x = y;
    }
    return x;
  }
}
