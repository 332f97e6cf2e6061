// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Tensors one after the other along their channels (the values of vectors).
 *
 * @param inputCount at least 1
 */
public record ConcatLayer(String name, int inputCount) implements Layer {
  private static final int LIMIT = 1 << 10;

  /**
   * @throws InvalidArgumentException if the count is not 1 to 1,024
   */
  public ConcatLayer {
    if (inputCount < 1 || inputCount > LIMIT) {
      throw new InvalidArgumentException(
          "layer %s joins %d tensors, limit 1 to %,d".formatted(name, inputCount, LIMIT));
    }
  }

  /** Reads the file form. */
  static ConcatLayer read(LayerSource source) {
    return new ConcatLayer(source.name(), source.integer("count"));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("count", inputCount);
  }

  /**
   * @throws ShapeException if height and width are not the same, or vectors are mixed with images
   */
  @Override
  public SampleShape output(List<SampleShape> inputs) {
    return output(name, inputs);
  }

  /** The shape of tensors joined along their channels. */
  public static SampleShape output(String name, List<SampleShape> inputs) {
    SampleShape first = inputs.get(0);
    int channels = 0;
    for (SampleShape input : inputs) {
      if (input.isImage() != first.isImage()
          || input.height() != first.height()
          || input.width() != first.width()) {
        throw new ShapeException(
            "layer %s joins %s; all must be vectors, or images of one height and width"
                .formatted(name, inputs));
      }
      channels = Math.addExact(channels, input.channels());
    }
    return first.isImage()
        ? SampleShape.image(channels, first.height(), first.width())
        : SampleShape.vector(channels);
  }

  @Override
  public Float32Tensor forward(List<Float32Tensor> inputs) {
    int samples = inputs.get(0).dimension(0);
    SampleShape shape = output(inputs.stream().map(Samples::shape).toList());
    Float32Tensor out = Float32Tensor.allocate(shape.tensorShape(samples));
    int at = 0;
    for (int sample = 0; sample < samples; sample++) {
      for (Float32Tensor input : inputs) {
        int size = input.size() / samples;
        out.floats().put(at, input.floats(), sample * size, size);
        at += size;
      }
    }
    return out;
  }
}
