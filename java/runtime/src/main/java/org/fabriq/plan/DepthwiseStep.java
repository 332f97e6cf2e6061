// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * A depthwise convolution in the host's memory, all channels of a window at once: as matrix
 * products it would be a launch for each channel, with one column each.
 */
final class DepthwiseStep implements Step {
  private final SampleShape image;
  private final SampleShape shape;
  private final Window window;
  private final IntegerWeights weights;
  private final int[] byTap;
  private final int[] bias;
  private final int zero;
  private final int[] sums;
  private final byte[] codes;
  private final Int8Tensor in;
  private final Int8Tensor out;

  DepthwiseStep(IntegerConv2d conv, StepPlace place) {
    this.image = place.image();
    this.shape = place.shape();
    this.window = conv.window();
    this.weights = conv.weights();
    this.bias = weights.bias();
    this.zero = weights.input().zeroPoint(0);
    this.sums = new int[bias.length];
    this.codes = new byte[bias.length];
    this.byTap = byTap(weights.weight(), window.taps());
    this.in = place.codes();
    this.out = place.outputCodes();
  }

  /** Whether a layer is one: it gives int8, and each output sees a channel of its own. */
  static boolean takes(IntegerLayer layer) {
    return layer instanceof IntegerConv2d conv
        && conv.isDepthwise()
        && conv.groups() > 1
        && conv.outputCodes().isPresent();
  }

  /** Weights less their zero points, taps x channels. */
  private static int[] byTap(QuantizedTensor weight, int taps) {
    int channels = weight.codes().dimension(0);
    int[] byTap = new int[taps * channels];
    for (int channel = 0; channel < channels; channel++) {
      for (int tap = 0; tap < taps; tap++) {
        byTap[tap * channels + channel] =
            weight.codes().get(channel * taps + tap) - weight.encoding().zeroPoint(channel);
      }
    }
    return byTap;
  }

  @Override
  public void run(int samples, LayerTimes times) {
    int to = 0;
    for (int sample = 0; sample < samples; sample++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          accumulate(sample, y, x);
          for (int channel = 0; channel < sums.length; channel++) {
            codes[channel] = (byte) weights.finish(channel, sums[channel]);
          }
          out.memory().put(to, codes);
          to += codes.length;
        }
      }
    }
  }

  private void accumulate(int sample, int y, int x) {
    System.arraycopy(bias, 0, sums, 0, sums.length);
    for (int tap = 0; tap < window.taps(); tap++) {
      int row = window.row(y, tap / window.kernelWidth());
      int column = window.column(x, tap % window.kernelWidth());
      if (row >= 0 && row < image.height() && column >= 0 && column < image.width()) {
        int pixel = (sample * image.height() + row) * image.width() + column;
        in.memory().get(pixel * codes.length, codes);
        int first = tap * sums.length;
        for (int channel = 0; channel < sums.length; channel++) {
          sums[channel] += (codes[channel] - zero) * byTap[first + channel];
        }
      }
    }
  }
}
