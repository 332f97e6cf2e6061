// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Fits each index of an axis by itself: of axis 0 the output channels of W, of axis 1 its input
 * channels.
 *
 * @param perTensor what fits one channel
 * @param axis that of the channels, counted from the end where it is negative; encodings have it
 *     counted from 0
 */
public record PerChannelQuantizer(Quantizer perTensor, int axis) implements Quantizer {
  /**
   * @throws InvalidArgumentException if the inner quantizer is per channel already, or no tensor
   *     has such an axis
   */
  public PerChannelQuantizer {
    if (perTensor instanceof PerChannelQuantizer) {
      throw new InvalidArgumentException(
          perTensor.name() + " is per channel already; give a quantizer of whole tensors");
    }
    ChannelAxis.check(axis);
  }

  /** Along axis 0. */
  public PerChannelQuantizer(Quantizer perTensor) {
    this(perTensor, 0);
  }

  /** An observer of batches that all have the channels of the first on the axis. */
  @Override
  public EncodingObserver observer() {
    return new Observer(perTensor, axis);
  }

  @Override
  public Encoding fit(Float32Tensor values) {
    int along = checkedAxis(axis, values);
    List<Encoding> channels = new ArrayList<>();
    for (int channel = 0; channel < values.dimension(along); channel++) {
      channels.add(perTensor.fit(ChannelAxis.channel(values, along, channel)));
    }
    return together(channels, along);
  }

  private static int checkedAxis(int axis, Float32Tensor values) {
    int along = ChannelAxis.of(axis, values);
    ValueRange.of(values);
    return along;
  }

  private static Encoding together(List<Encoding> channels, int axis) {
    float[] scales = new float[channels.size()];
    int[] zeroPoints = new int[scales.length];
    for (int channel = 0; channel < scales.length; channel++) {
      scales[channel] = channels.get(channel).scale(0);
      zeroPoints[channel] = channels.get(channel).zeroPoint(0);
    }
    Encoding first = channels.get(0);
    return new Encoding(first.bits(), first.signed(), first.narrow(), scales, zeroPoints, axis);
  }

  @Override
  public String name() {
    return "per-channel:"
        + (perTensor instanceof SymmetricQuantizer s ? "" + s.bits() : perTensor.name())
        + (axis == 0 ? "" : "," + SchemeWords.AXIS + axis);
  }

  private static final class Observer implements EncodingObserver {
    private final Quantizer perTensor;
    private final int axis;
    private final List<EncodingObserver> channels = new ArrayList<>();
    private int along;

    Observer(Quantizer perTensor, int axis) {
      this.perTensor = perTensor;
      this.axis = axis;
    }

    @Override
    public void observe(Float32Tensor batch) {
      int own = checkedAxis(axis, batch);
      int count = batch.dimension(own);
      if (channels.isEmpty()) {
        IntStream.range(0, count).forEach(i -> channels.add(perTensor.observer()));
        along = own;
      }
      if (channels.size() != count || along != own) {
        throw new ShapeException(
            "%s after a batch of %d channels; axis %d must be the channels"
                .formatted(batch, channels.size(), along));
      }
      for (int channel = 0; channel < count; channel++) {
        channels.get(channel).observe(ChannelAxis.channel(batch, own, channel));
      }
    }

    @Override
    public Encoding encoding() {
      if (channels.isEmpty()) {
        throw EncodingObserver.nothingObserved();
      }
      return together(channels.stream().map(EncodingObserver::encoding).toList(), along);
    }
  }
}
