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

  /** Groups of three taps, as many as a record can count. */
  private static final int LONGEST_ROW = 3 * 63;

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
    OverlayTensor out = PadRules.output(around, in, in.channels());
    checkCounts(pool, out, in, view);
    MeanScaling scaling =
        MeanScaling.of(pool)
            .orElseThrow(
                () ->
                    new InvalidArgumentException(
                        "means of %d taps, for which no factor of 24 bits is exact"
                            .formatted(window.taps())));
    OverlayLayer layer =
        new OverlayLayer(
            pool.name(),
            LayerKind.DEPTHWISE,
            view.tensor(),
            0,
            overWhole(around, in) ? Window.whole(1, in.pixels()) : around,
            view.pad() == null ? zero : view.pad().code(),
            columns(pool, scaling, around, overWhole(around, in)),
            scaling.roundedUp(),
            false,
            null,
            null);
    return to.add(layer, out);
  }

  /** Whether a window is the image, whose pixels then are those of one row, in groups of three. */
  private static boolean overWhole(Window window, OverlayTensor in) {
    boolean every = !window.padded() && window.taps() == in.pixels();
    return every && in.pixels() <= LONGEST_ROW;
  }

  private static void checkCounts(
      IntegerAveragePool pool, OverlayTensor out, OverlayTensor in, TensorView view) {
    if (pool.rounding() != MeanRounding.HALF_EVEN) {
      throw OverlayRule.otherRounding();
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

  private static OverlayColumns columns(
      IntegerAveragePool pool, MeanScaling scaling, Window spread, boolean line) {
    Window window = pool.window();
    int count = window.taps();
    // Over the whole image all taps are 1, in whichever rows.
    byte[] ones = new byte[spread.taps()];
    for (int tap = 0; tap < count; tap++) {
      int row = tap / window.kernelWidth() * window.dilationHeight();
      ones[row * spread.kernelWidth() + tap % window.kernelWidth() * window.dilationWidth()] = 1;
    }
    int[] bias = {-count * scaling.zeroIn()};
    return new OverlayColumns(
        1,
        line ? 1 : spread.kernelHeight(),
        line ? count : spread.kernelWidth(),
        1,
        ones,
        bias,
        new int[] {scaling.significand()},
        new int[] {scaling.shift()},
        scaling.zeroOut(),
        scaling.least(),
        scaling.greatest());
  }
}
