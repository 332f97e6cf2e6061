// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Images with rows and columns of one value around them.
 *
 * @param top rows above; bottom, left and right alike, 0 to 32,768
 * @param value finite
 */
public record PadLayer(String name, int top, int left, int bottom, int right, float value)
    implements UnaryLayer {
  private static final int LIMIT = 1 << 15;

  /**
   * @throws InvalidArgumentException if a padding or the value is out of its range
   */
  public PadLayer {
    for (int padding : new int[] {top, left, bottom, right}) {
      if (padding < 0 || padding > LIMIT) {
        throw new InvalidArgumentException(
            "layer %s: padding %d, limit 0 to %,d".formatted(name, padding, LIMIT));
      }
    }
    FiniteValues.check(name, "value", value);
  }

  /** Reads the file form. */
  static PadLayer read(LayerSource source) {
    int[] padding = source.integers("padding", 4);
    return new PadLayer(
        source.name(), padding[0], padding[1], padding[2], padding[3], source.number("value"));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("padding", new int[] {top, left, bottom, right});
    sink.put("value", value);
  }

  @Override
  public SampleShape output(SampleShape input) {
    if (!input.isImage()) {
      throw new ShapeException("layer %s pads images, not vectors of %s".formatted(name, input));
    }
    return SampleShape.image(
        input.channels(), top + input.height() + bottom, left + input.width() + right);
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    SampleShape input = Samples.shape(x);
    SampleShape shape = output(input);
    Float32Tensor out = Float32Tensor.allocate(shape.tensorShape(x.dimension(0)));
    for (int i = 0; i < out.size(); i++) {
      out.set(i, value);
    }
    for (int line = 0; line < x.size() / input.width(); line++) {
      int plane = line / input.height();
      int row = plane * shape.height() + line % input.height() + top;
      out.floats().put(row * shape.width() + left, x.floats(), line * input.width(), input.width());
    }
    return out;
  }
}
