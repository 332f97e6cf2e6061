// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import org.fabriq.ShapeException;
import org.fabriq.model.LayerSink;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A convolution in integers; padding is the input's zero point, which stands for 0. Groups are as
 * those of {@link org.fabriq.model.Conv2dLayer}.
 *
 * @param weights of which the codes are outputs x channels / groups x kernel height x width
 * @param groups at least 1, divides the outputs
 */
public record IntegerConv2d(String name, IntegerWeights weights, Window window, int groups)
    implements WeightedIntegerLayer {
  /**
   * @throws ShapeException if the codes have not the window's kernel, or groups do not divide them
   */
  public IntegerConv2d {
    Int8Tensor codes = weights.weight().codes();
    if (codes.rank() != 4
        || codes.dimension(2) != window.kernelHeight()
        || codes.dimension(3) != window.kernelWidth()) {
      throw new ShapeException(
          "layer %s: codes %s for a kernel of %d x %d; they are outputs x channels x height x width"
              .formatted(name, codes, window.kernelHeight(), window.kernelWidth()));
    }
    if (groups < 1 || codes.dimension(0) % groups != 0) {
      throw new ShapeException(
          "layer %s: %d groups for %d outputs; groups must divide the outputs"
              .formatted(name, groups, codes.dimension(0)));
    }
  }

  /** Reads the file form. */
  static IntegerConv2d read(IntegerLayerSource source) {
    int[] shape = source.layer().integers("shape", 4);
    return new IntegerConv2d(
        source.layer().name(),
        WeightsJson.read(source),
        source.layer().window(shape[2], shape[3]),
        source.layer().integer("groups"));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put(window);
    sink.put("groups", groups);
    WeightsJson.write(sink, weights);
  }

  /** Whether each output sees one input channel of its own: a depthwise convolution. */
  public boolean isDepthwise() {
    return channelsOfGroup() == 1 && outputsOfGroup() == 1;
  }

  /** The input channels that each output sees. */
  public int channelsOfGroup() {
    return weights.weight().codes().dimension(1);
  }

  /** The outputs of each group. */
  public int outputsOfGroup() {
    return weights.outputs() / groups;
  }

  @Override
  public SampleShape outputShape(SampleShape input) {
    int channels = groups * channelsOfGroup();
    if (!input.isImage() || input.channels() != channels) {
      throw new ShapeException(
          "layer %s takes images of %d channels, not %s".formatted(name, channels, input));
    }
    return SampleShape.image(
        weights.outputs(), window.outputHeight(input.height()), window.outputWidth(input.width()));
  }

  @Override
  public Tensor reference(Int8Tensor x) {
    int samples = x.dimension(0);
    int rows = window.outputHeight(x.dimension(2));
    int columns = window.outputWidth(x.dimension(3));
    IntegerOutputs out =
        new IntegerOutputs(weights.output().isEmpty(), samples, weights.outputs(), rows, columns);
    for (int sample = 0; sample < samples; sample++) {
      for (int n = 0; n < weights.outputs(); n++) {
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            out.add(weights.finish(n, accumulator(x, sample, n, row, column)));
          }
        }
      }
    }
    return out.tensor();
  }

  private long accumulator(Int8Tensor x, int sample, int n, int outputRow, int outputColumn) {
    int zero = weights.input().zeroPoint(0);
    int firstChannel = n / outputsOfGroup() * channelsOfGroup();
    long acc = weights.bias(n);
    int weight = 0;
    for (int channel = 0; channel < channelsOfGroup(); channel++) {
      int plane = sample * x.dimension(1) + firstChannel + channel;
      for (int i = 0; i < window.kernelHeight(); i++) {
        int row = window.row(outputRow, i);
        for (int j = 0; j < window.kernelWidth(); j++, weight++) {
          int column = window.column(outputColumn, j);
          if (row >= 0 && row < x.dimension(2) && column >= 0 && column < x.dimension(3)) {
            int code = x.get((plane * x.dimension(2) + row) * x.dimension(3) + column);
            acc += (code - zero) * weights.weight(n, weight);
          }
        }
      }
    }
    return acc;
  }
}
