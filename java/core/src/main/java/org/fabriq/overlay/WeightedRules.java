// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerDense;
import org.fabriq.integer.IntegerPad;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.model.Window;

/** How dense layers and convolutions become layers of the overlay. */
final class WeightedRules {
  private WeightedRules() {}

  /** A window over the whole image, whose channels, rows and columns are in another order. */
  static TensorView dense(IntegerDense dense, int i, OverlayConversion to) {
    IntegerWeights weights = dense.weights();
    TensorView view = to.held(i, 0);
    OverlayTensor in = to.shape(view);
    if (in.pixels() * in.channels() != weights.inputs()) {
      throw new ShapeException(
          "%d inputs for %s; flatten it first".formatted(weights.inputs(), in));
    }
    OverlayColumns columns =
        ColumnRules.columns(
            weights,
            Window.whole(in.height(), in.width()),
            in.channels(),
            (n, row, column, channel) ->
                weights
                    .weight()
                    .codes()
                    .get(
                        n * weights.inputs()
                            + (channel * in.height() + row) * in.width()
                            + column));
    Window whole = Window.whole(in.height(), in.width());
    return to.add(
        layer(dense.name(), LayerKind.CONVOLUTION, view, whole, weights, columns),
        new OverlayTensor(1, 1, weights.outputs()));
  }

  static TensorView convolution(IntegerConv2d conv, int i, OverlayConversion to) {
    IntegerWeights weights = conv.weights();
    Window window = conv.window();
    TensorView view = PadRules.joined(i, window, weights.input().zeroPoint(0), to);
    OverlayTensor in = to.shape(view);
    // Depthwise, steps of more than 2 leave pixels behind that sums cannot be cleared of.
    boolean clears = weights.output().isPresent() || window.strideWidth() <= 2;
    boolean depthwise = conv.isDepthwise() && conv.groups() > 1 && clears;
    Window spread = PadRules.spread(PadRules.around(view, window));
    OverlayColumns columns =
        ColumnRules.columns(
            weights,
            window,
            depthwise ? 1 : in.channels(),
            (n, row, column, channel) -> {
              int group = n / conv.outputsOfGroup();
              int own = depthwise ? 0 : channel - group * conv.channelsOfGroup();
              return own < 0 || own >= conv.channelsOfGroup()
                  ? 0
                  : weights
                      .weight()
                      .codes()
                      .get(
                          ((n * conv.channelsOfGroup() + own) * window.kernelHeight() + row)
                                  * window.kernelWidth()
                              + column);
            });
    LayerKind kind = depthwise ? LayerKind.DEPTHWISE : LayerKind.CONVOLUTION;
    OverlayLayer layer = layer(conv.name(), kind, view, spread, weights, columns);
    return to.add(layer, PadRules.output(spread, in, weights.outputs()));
  }

  private static OverlayLayer layer(
      String name,
      LayerKind kind,
      TensorView view,
      Window window,
      IntegerWeights weights,
      OverlayColumns columns) {
    IntegerPad pad = view.pad();
    int zero = pad == null ? weights.input().zeroPoint(0) : pad.code();
    boolean raw = weights.output().isEmpty();
    return new OverlayLayer(
        name, kind, view.tensor(), 0, window, zero, columns, false, raw, null, null);
  }

  /** Refuses weights that the kernel cannot multiply by. */
  static void check(IntegerWeights weights) {
    if (weights.tflite().isPresent()) {
      throw OverlayRule.otherRounding();
    }
    for (int n = 0; n < weights.outputs(); n++) {
      int zero = weights.weight().encoding().zeroPoint(n);
      if (zero != 0) {
        throw new InvalidArgumentException(
            ("weights of output %d have the zero point %d, and the overlay takes symmetric ones;"
                    + " quantize them as symmetric:8")
                .formatted(n, zero));
      }
    }
  }
}
