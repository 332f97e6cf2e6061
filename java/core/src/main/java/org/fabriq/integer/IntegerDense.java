// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import org.fabriq.ShapeException;
import org.fabriq.model.LayerSink;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A fully connected layer in integers.
 *
 * @param weights of which the codes are outputs x inputs
 */
public record IntegerDense(String name, IntegerWeights weights) implements WeightedIntegerLayer {
  /**
   * @throws ShapeException if the codes are no matrix
   */
  public IntegerDense {
    if (weights.weight().codes().rank() != 2) {
      throw new ShapeException(
          "layer %s: codes %s; weights are outputs x inputs"
              .formatted(name, weights.weight().codes()));
    }
  }

  /** Reads the file form. */
  static IntegerDense read(IntegerLayerSource source) {
    return new IntegerDense(source.layer().name(), WeightsJson.read(source));
  }

  @Override
  public void describe(LayerSink sink) {
    WeightsJson.write(sink, weights);
  }

  @Override
  public SampleShape outputShape(SampleShape input) {
    if (input.isImage() || input.size() != weights.inputs()) {
      throw new ShapeException(
          "layer %s takes vectors of %d values, not %s; flatten images before it"
              .formatted(name, weights.inputs(), input));
    }
    return SampleShape.vector(weights.outputs());
  }

  @Override
  public Tensor reference(Int8Tensor x) {
    int samples = x.dimension(0);
    IntegerOutputs out = new IntegerOutputs(weights.output().isEmpty(), samples, weights.outputs());
    int zero = weights.input().zeroPoint(0);
    for (int sample = 0; sample < samples; sample++) {
      for (int n = 0; n < weights.outputs(); n++) {
        long acc = weights.bias(n);
        for (int k = 0; k < weights.inputs(); k++) {
          acc += (x.get(sample, k) - zero) * weights.weight(n, k);
        }
        out.add(weights.finish(n, acc));
      }
    }
    return out.tensor();
  }
}
