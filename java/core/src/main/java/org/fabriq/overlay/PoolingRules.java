// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.integer.IntegerMaxPool;
import org.fabriq.integer.MeanRounding;
import org.fabriq.model.Window;

/** How pooling becomes layers of the overlay. */
final class PoolingRules {
  private static final int LEAST = -128;

  private PoolingRules() {}

  static TensorView greatest(IntegerMaxPool pool, int i, OverlayConversion to) {
    Window window = pool.window();
    if (window.dilationHeight() > 1 && window.kernelHeight() > 1) {
      throw new InvalidArgumentException(
          "dilation %d of rows, limit 1 for max pooling".formatted(window.dilationHeight()));
    }
    TensorView view = PadRules.joined(i, window, LEAST, to);
    Window around = PadRules.around(view, window);
    OverlayTensor in = to.shape(view);
    int zero = view.pad() == null ? LEAST : view.pad().code();
    OverlayLayer layer = OverlayLayer.identity(pool.name(), view.tensor(), 0).within(around, zero);
    return to.add(layer, PadRules.output(around, in, in.channels()));
  }

  /** A depthwise convolution whose weights are 1. */
  static TensorView average(IntegerAveragePool pool, int i, OverlayConversion to) {
    Window window = pool.window();
    int zero = pool.input().zeroPoint(0);
    TensorView view = PadRules.joined(i, window, zero, to);
    Window around = PadRules.spread(PadRules.around(view, window));
    OverlayTensor in = to.shape(view);
    checkCounts(pool, PadRules.output(around, in, 1), in, view);
    OverlayLayer layer =
        new OverlayLayer(
            pool.name(),
            LayerKind.DEPTHWISE,
            view.tensor(),
            0,
            around,
            view.pad() == null ? zero : view.pad().code(),
            columns(pool, around),
            pool.rescaling() == null,
            false,
            null,
            null);
    return to.add(layer, PadRules.output(around, in, in.channels()));
  }

  private static void checkCounts(
      IntegerAveragePool pool, OverlayTensor out, OverlayTensor in, TensorView view) {
    if (pool.rounding() != MeanRounding.HALF_EVEN) {
      throw new InvalidArgumentException(
          "the rounding of TensorFlow Lite, which the overlay has not; import it without");
    }
    int height = in.height() + (view.pad() == null ? 0 : view.pad().top() + view.pad().bottom());
    int width = in.width() + (view.pad() == null ? 0 : view.pad().left() + view.pad().right());
    for (int y = 0; y < out.height() && !pool.countPadding(); y++) {
      for (int x = 0; x < out.width(); x++) {
        if (pool.window().tapsWithin(y, x, height, width) != pool.window().taps()) {
          throw new InvalidArgumentException(
              "means of fewer taps at the border, and the overlay has one count for all; count"
                  + " padding too");
        }
      }
    }
  }

  private static OverlayColumns columns(IntegerAveragePool pool, Window spread) {
    Window window = pool.window();
    int count = window.taps();
    boolean rescales = pool.rescaling() != null;
    MeanScaling scaling =
        (rescales ? MeanScaling.of(pool) : MeanScaling.of(count))
            .orElseThrow(
                () ->
                    new InvalidArgumentException(
                        "means of %d taps%s, for which the overlay has no exact factor"
                            .formatted(count, rescales ? " that are rescaled" : "")));
    byte[] ones = new byte[spread.taps()];
    for (int tap = 0; tap < count; tap++) {
      int row = tap / window.kernelWidth() * window.dilationHeight();
      ones[row * spread.kernelWidth() + tap % window.kernelWidth() * window.dilationWidth()] = 1;
    }
    int[] bias = {-count * (rescales ? pool.input().zeroPoint(0) : LEAST)};
    return new OverlayColumns(
        1,
        spread.kernelHeight(),
        spread.kernelWidth(),
        1,
        ones,
        bias,
        new int[] {scaling.significand()},
        new int[] {scaling.shift()},
        rescales ? pool.output().zeroPoint(0) : LEAST,
        rescales ? pool.output().qmin() : LEAST,
        rescales ? pool.output().qmax() : 127);
  }
}
