// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/** The greatest value of each window, channel by channel; padding takes no part, NaN stays NaN. */
public record MaxPoolLayer(String name, Window window) implements UnaryLayer {
  /** Reads the file form. */
  static MaxPoolLayer read(LayerSource source) {
    return new MaxPoolLayer(source.name(), source.window());
  }

  @Override
  public void describe(LayerSink sink) {
    sink.putWithKernel(window);
  }

  /**
   * @throws ShapeException for vectors, and if a window would lie in the padding entirely
   */
  @Override
  public SampleShape output(SampleShape input) {
    return Pooling.output(name, window, input);
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    return Pooling.forward(
        x,
        window,
        output(Samples.shape(x)),
        (plane, taps, count) -> {
          float greatest = Float.NEGATIVE_INFINITY;
          for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, plane.get(taps[i]));
          }
          return greatest;
        });
  }
}
