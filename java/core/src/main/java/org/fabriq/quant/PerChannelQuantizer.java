// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Fits each index of axis 0 (an output channel of W) by itself.
 *
 * @param perTensor what fits one channel
 */
public record PerChannelQuantizer(Quantizer perTensor) implements Quantizer {
  /**
   * @throws InvalidArgumentException if the inner quantizer is per channel already
   */
  public PerChannelQuantizer {
    if (perTensor instanceof PerChannelQuantizer) {
      throw new InvalidArgumentException(
          perTensor.name() + " is per channel already; give a quantizer of whole tensors");
    }
  }

  @Override
  public Encoding fit(Float32Tensor values) {
    if (values.rank() == 0) {
      throw new ShapeException("a scalar has no channels; quantize it per tensor");
    }
    ValueRange.of(values);
    int channels = values.dimension(0);
    float[] scales = new float[channels];
    int[] zeroPoints = new int[channels];
    Encoding fitted = null;
    for (int channel = 0; channel < channels; channel++) {
      fitted = perTensor.fit(values.rows(channel, channel + 1));
      scales[channel] = fitted.scale(0);
      zeroPoints[channel] = fitted.zeroPoint(0);
    }
    return new Encoding(fitted.bits(), fitted.signed(), fitted.narrow(), scales, zeroPoints);
  }

  @Override
  public String name() {
    return "per-channel:"
        + (perTensor instanceof SymmetricQuantizer s ? "" + s.bits() : perTensor.name());
  }
}
