// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.integer.IntegerPad;
import org.fabriq.model.Window;

/** How padding of its own becomes padding of the window behind it. */
final class PadRules {
  private PadRules() {}

  /**
   * What a window takes: its padding is left to the window where that can have it.
   *
   * @param zero the code of the window's own padding
   */
  static TensorView joined(int i, Window window, int zero, OverlayConversion to) {
    TensorView view = to.input(i, 0);
    boolean joins = view.pad() == null || !window.padded() || view.pad().code() == zero;
    return joins ? view : to.held(i, 0);
  }

  /** A window with the padding of what it takes. */
  static Window around(TensorView view, Window window) {
    IntegerPad pad = view.pad();
    return pad == null
        ? window
        : new Window(
            window.kernelHeight(),
            window.kernelWidth(),
            window.strideHeight(),
            window.strideWidth(),
            window.top() + pad.top(),
            window.left() + pad.left(),
            window.bottom() + pad.bottom(),
            window.right() + pad.right(),
            window.dilationHeight(),
            window.dilationWidth());
  }

  /** A window without dilation, whose taps between are zeros. */
  static Window spread(Window window) {
    return new Window(
        (window.kernelHeight() - 1) * window.dilationHeight() + 1,
        (window.kernelWidth() - 1) * window.dilationWidth() + 1,
        window.strideHeight(),
        window.strideWidth(),
        window.top(),
        window.left(),
        window.bottom(),
        window.right(),
        1,
        1);
  }

  /** What a window makes of an image. */
  static OverlayTensor output(Window window, OverlayTensor in, int channels) {
    return new OverlayTensor(
        window.outputHeight(in.height()), window.outputWidth(in.width()), channels);
  }

  /** A window whose strides are 1 where it is set once; those of one pixel keep theirs. */
  static Window stepping(Window window, OverlayTensor out) {
    if (window.taps() == 1) {
      return window;
    }
    return new Window(
        window.kernelHeight(),
        window.kernelWidth(),
        out.height() == 1 ? 1 : window.strideHeight(),
        out.width() == 1 ? 1 : window.strideWidth(),
        window.top(),
        window.left(),
        window.bottom(),
        window.right(),
        window.dilationHeight(),
        window.dilationWidth());
  }
}
