// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.tensor.Float32Tensor;

/**
 * A convolution over images (a cross-correlation, as in PyTorch and ONNX), padded with 0. Output
 * channel o of group g sees the input channels g * C / groups to (g + 1) * C / groups - 1; groups =
 * C is a depthwise convolution.
 *
 * <p>Each output is one of {@code matmul_f32f32}: its products in the order channel, kernel row,
 * kernel column, padding included, then the bias.
 *
 * @param weight O x C / groups x kernel height x kernel width, finite; taken over, not copied
 * @param bias O values, or null for none; copied
 * @param groups at least 1, divides O
 */
public record Conv2dLayer(
    String name, Float32Tensor weight, float[] bias, Window window, int groups)
    implements WeightedLayer {
  private static final int ROWS_AT_ONCE = 1 << 16;

  /**
   * @throws ShapeException if the weight has not the window's kernel, or groups do not divide it,
   *     or the bias has not one value per output
   * @throws InvalidArgumentException if a weight or a bias is not finite
   */
  public Conv2dLayer {
    if (weight.rank() != 4
        || weight.dimension(2) != window.kernelHeight()
        || weight.dimension(3) != window.kernelWidth()) {
      throw new ShapeException(
          ("layer %s: weights %s for a kernel of %d x %d; they are outputs x channels x height x"
                  + " width")
              .formatted(name, weight, window.kernelHeight(), window.kernelWidth()));
    }
    if (groups < 1 || weight.dimension(0) % groups != 0) {
      throw new ShapeException(
          "layer %s: %d groups for %d outputs; groups must divide the outputs"
              .formatted(name, groups, weight.dimension(0)));
    }
    bias = FiniteValues.perOutput(name, "bias", bias, weight.dimension(0));
    FiniteValues.check(name, "weight", weight);
  }

  /** Reads the file form. */
  static Conv2dLayer read(LayerSource source) {
    Float32Tensor weight = source.array("weight", Float32Tensor.class);
    if (weight.rank() != 4) {
      throw source.wrong("type", "weights of outputs x channels x height x width, not " + weight);
    }
    return new Conv2dLayer(
        source.name(),
        weight,
        source.valuesOrNull("bias"),
        source.window(weight.dimension(2), weight.dimension(3)),
        source.integer("groups"));
  }

  @Override
  public void describe(LayerSink sink) {
    WeightedLayer.super.describe(sink);
    sink.put(window);
    sink.put("groups", groups);
  }

  /** A copy, or null for none. */
  @Override
  public float[] bias() {
    return bias == null ? null : bias.clone();
  }

  @Override
  public SampleShape output(SampleShape input) {
    int channels = groups * weight.dimension(1);
    if (!input.isImage() || input.channels() != channels) {
      throw new ShapeException(
          "layer %s takes images of %d channels, not %s".formatted(name, channels, input));
    }
    return SampleShape.image(
        outputs(), window.outputHeight(input.height()), window.outputWidth(input.width()));
  }

  @Override
  public Float32Tensor inputRows(Float32Tensor x, int group) {
    return Im2col.rows(x, window, group * weight.dimension(1), weight.dimension(1));
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    SampleShape shape = output(Samples.shape(x));
    Float32Tensor out = Float32Tensor.allocate(shape.tensorShape(x.dimension(0)));
    int pixels = shape.height() * shape.width();
    int samples = Math.max(1, ROWS_AT_ONCE / pixels);
    int outputsOfGroup = outputs() / groups;
    for (int group = 0; group < groups; group++) {
      JavaMatmul matmul = new JavaMatmul(WeightsF32F32.ofLayer(weightMatrix(group), bias(group)));
      for (int from = 0; from < x.dimension(0); from += samples) {
        int to = Math.min(from + samples, x.dimension(0));
        Float32Tensor rows = inputRows(x.rows(from, to), group);
        Float32Tensor c = Float32Tensor.allocate(rows.rows(), outputsOfGroup);
        matmul.multiply(rows, c);
        scatter(c, pixels, out, from, group * outputsOfGroup);
      }
    }
    return out;
  }

  /** From a row per pixel and a column per channel to planes. */
  private static void scatter(
      Float32Tensor c, int pixels, Float32Tensor out, int sample, int firstChannel) {
    int channels = out.dimension(1);
    for (int row = 0, i = 0; row < c.rows(); row++) {
      int plane = (sample + row / pixels) * channels + firstChannel;
      for (int channel = 0; channel < c.columns(); channel++, i++) {
        out.set((plane + channel) * pixels + row % pixels, c.get(i));
      }
    }
  }

  @Override
  public Conv2dLayer withWeight(Float32Tensor other) {
    return new Conv2dLayer(name, other.reshape(weight.shape()), bias, window, groups);
  }

  @Override
  public Conv2dLayer withBias(float[] other) {
    return new Conv2dLayer(name, weight, other, window, groups);
  }
}
