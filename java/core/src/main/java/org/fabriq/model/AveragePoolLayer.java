// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * The mean of each window, channel by channel; summed and divided in double, narrowed to fp32.
 *
 * @param countPadding whether padding takes part as zeros (PyTorch's default), or none of it (that
 *     of ONNX)
 */
public record AveragePoolLayer(String name, Window window, boolean countPadding)
    implements UnaryLayer {
  /** Reads the file form. */
  static AveragePoolLayer read(LayerSource source) {
    return new AveragePoolLayer(source.name(), source.window(), source.flag("count-padding"));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.putWithKernel(window);
    sink.put("count-padding", countPadding);
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
          double sum = 0;
          for (int i = 0; i < count; i++) {
            sum += plane.get(taps[i]);
          }
          return (float) (sum / (countPadding ? window.taps() : count));
        });
  }
}
