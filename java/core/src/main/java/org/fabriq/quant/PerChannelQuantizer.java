// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  /** An observer of batches that all have the channels of the first on axis 0. */
  @Override
  public EncodingObserver observer() {
    return new Observer(perTensor);
  }

  @Override
  public Encoding fit(Float32Tensor values) {
    checkChannels(values);
    List<Encoding> channels = new ArrayList<>();
    for (int channel = 0; channel < values.dimension(0); channel++) {
      channels.add(perTensor.fit(values.rows(channel, channel + 1)));
    }
    return together(channels);
  }

  private static void checkChannels(Float32Tensor values) {
    if (values.rank() == 0) {
      throw new ShapeException("a scalar has no channels; quantize it per tensor");
    }
    ValueRange.of(values);
  }

  private static Encoding together(List<Encoding> channels) {
    float[] scales = new float[channels.size()];
    int[] zeroPoints = new int[scales.length];
    for (int channel = 0; channel < scales.length; channel++) {
      scales[channel] = channels.get(channel).scale(0);
      zeroPoints[channel] = channels.get(channel).zeroPoint(0);
    }
    Encoding first = channels.get(0);
    return new Encoding(first.bits(), first.signed(), first.narrow(), scales, zeroPoints);
  }

  @Override
  public String name() {
    return "per-channel:"
        + (perTensor instanceof SymmetricQuantizer s ? "" + s.bits() : perTensor.name());
  }

  private static final class Observer implements EncodingObserver {
    private final Quantizer perTensor;
    private final List<EncodingObserver> channels = new ArrayList<>();

    Observer(Quantizer perTensor) {
      this.perTensor = perTensor;
    }

    @Override
    public void observe(Float32Tensor batch) {
      checkChannels(batch);
      int count = batch.dimension(0);
      if (channels.isEmpty()) {
        IntStream.range(0, count).forEach(i -> channels.add(perTensor.observer()));
      }
      if (channels.size() != count) {
        throw new ShapeException(
            "%s after a batch of %d channels; axis 0 must be the channels"
                .formatted(batch, channels.size()));
      }
      for (int channel = 0; channel < count; channel++) {
        channels.get(channel).observe(batch.rows(channel, channel + 1));
      }
    }

    @Override
    public Encoding encoding() {
      if (channels.isEmpty()) {
        throw EncodingObserver.nothingObserved();
      }
      return together(channels.stream().map(EncodingObserver::encoding).toList());
    }
  }
}
