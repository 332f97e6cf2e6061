// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Window;

/** What a {@link Window} does in PyTorch, over images M x C x H x W. */
final class TorchWindow {
  private static final Shape NO_PADDING = new Shape(0, 0);

  private TorchWindow() {}

  /** Images with rows and columns of one value around them. */
  static NDArray padded(NDArray x, int top, int left, int bottom, int right, double value) {
    return top + left + bottom + right == 0 ? x : x.pad(new Shape(left, right, top, bottom), value);
  }

  private static NDArray padded(NDArray x, Window window, double value) {
    return padded(x, window.top(), window.left(), window.bottom(), window.right(), value);
  }

  /**
   * A convolution, without its bias.
   *
   * @param w of the shape of the layer's weights
   */
  static NDArray convolution(Conv2dLayer layer, NDArray x, NDArray w) {
    Window window = layer.window();
    return Conv2d.conv2d(
            padded(x, window, 0),
            w,
            null,
            strides(window),
            NO_PADDING,
            new Shape(window.dilationHeight(), window.dilationWidth()),
            layer.groups())
        .singletonOrThrow();
  }

  /** The greatest value of each window. */
  static NDArray max(MaxPoolLayer layer, NDArray x) {
    Window window = dense(layer.name(), layer.window());
    NDArray images = padded(x, window, Double.NEGATIVE_INFINITY);
    return Pool.maxPool2d(images, kernel(window), strides(window), NO_PADDING, false);
  }

  /** The mean of each window, of its taps within the image where padding does not count. */
  static NDArray mean(AveragePoolLayer layer, NDArray x) {
    Window window = dense(layer.name(), layer.window());
    NDArray all =
        Pool.avgPool2d(
            padded(x, window, 0), kernel(window), strides(window), NO_PADDING, false, true);
    return layer.countPadding() || !window.padded()
        ? all
        : all.mul(x.getManager().create(shares(window, x, all.getShape()), outputs(all)));
  }

  /** The mean of each channel, as an image of one pixel. */
  static NDArray mean(NDArray x) {
    long samples = x.getShape().get(0);
    long channels = x.getShape().get(1);
    return x.reshape(samples, channels, -1).mean(new int[] {2}).reshape(samples, channels, 1, 1);
  }

  /** The taps of a window over those within the image, for each pixel of the output. */
  private static float[] shares(Window window, NDArray x, Shape output) {
    int height = (int) x.getShape().get(2);
    int width = (int) x.getShape().get(3);
    int columns = (int) output.get(3);
    float[] shares = new float[(int) output.get(2) * columns];
    for (int i = 0; i < shares.length; i++) {
      int within = window.tapsWithin(i / columns, i % columns, height, width);
      shares[i] = (float) window.taps() / within;
    }
    return shares;
  }

  private static Shape outputs(NDArray y) {
    return new Shape(1, 1, y.getShape().get(2), y.getShape().get(3));
  }

  private static Shape kernel(Window window) {
    return new Shape(window.kernelHeight(), window.kernelWidth());
  }

  private static Shape strides(Window window) {
    return new Shape(window.strideHeight(), window.strideWidth());
  }

  private static Window dense(String name, Window window) {
    if (window.dilationHeight() > 1 || window.dilationWidth() > 1) {
      throw new InvalidArgumentException(
          "layer %s pools with dilation %d x %d; it is trained only without, which is 1 x 1"
              .formatted(name, window.dilationHeight(), window.dilationWidth()));
    }
    return window;
  }
}
