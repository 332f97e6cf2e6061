// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.kernel.FlushedFloat;
import org.fabriq.tensor.Float32Tensor;

/** A convolution by its definition: seven loops, with the contract's arithmetic. */
final class DirectConvolution {
  private DirectConvolution() {}

  static Float32Tensor of(Conv2dLayer layer, Float32Tensor x) {
    Window w = layer.window();
    int outputHeight = w.outputHeight(x.dimension(2));
    int outputWidth = w.outputWidth(x.dimension(3));
    Float32Tensor out =
        Float32Tensor.allocate(x.dimension(0), layer.outputs(), outputHeight, outputWidth);
    int to = 0;
    for (int sample = 0; sample < x.dimension(0); sample++) {
      for (int o = 0; o < layer.outputs(); o++) {
        for (int y = 0; y < outputHeight; y++) {
          for (int column = 0; column < outputWidth; column++) {
            out.set(to++, element(layer, x, sample, o, y, column));
          }
        }
      }
    }
    return out;
  }

  private static float element(
      Conv2dLayer layer, Float32Tensor x, int sample, int o, int y, int column) {
    Window w = layer.window();
    int channels = layer.weight().dimension(1);
    int first = o / (layer.outputs() / layer.groups()) * channels;
    float acc = 0;
    int weight = o * channels * w.taps();
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < w.kernelHeight(); i++) {
        for (int j = 0; j < w.kernelWidth(); j++, weight++) {
          int row = y * w.strideHeight() + i * w.dilationHeight() - w.top();
          int col = column * w.strideWidth() + j * w.dilationWidth() - w.left();
          boolean inside = row >= 0 && col >= 0 && row < x.dimension(2) && col < x.dimension(3);
          int plane = sample * x.dimension(1) + first + c;
          int at = (plane * x.dimension(2) + row) * x.dimension(3) + col;
          float value = inside ? x.get(at) : 0;
          acc = FlushedFloat.add(acc, FlushedFloat.multiply(value, layer.weight().get(weight)));
        }
      }
    }
    return FlushedFloat.add(acc, layer.bias() == null ? -0f : layer.bias()[o]);
  }
}
