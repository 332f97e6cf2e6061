// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import org.fabriq.InvalidArgumentException;
import org.fabriq.model.LayerSink;
import org.fabriq.model.PadLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Images of codes with rows and columns of one code around them.
 *
 * @param top rows above; bottom, left and right alike, 0 to 32,768
 * @param code what the padding holds, within the codes
 * @param codes what codes stand for, before and after
 */
public record IntegerPad(
    String name, int top, int left, int bottom, int right, int code, Encoding codes)
    implements CodeKeepingLayer {
  /**
   * @throws InvalidArgumentException if a padding or the code is out of its range
   */
  public IntegerPad {
    TensorCodes.check("codes of " + name, codes);
    if (code < codes.qmin() || code > codes.qmax()) {
      throw new InvalidArgumentException(
          "layer %s pads with code %d, limit %d to %d; pad with one of the codes"
              .formatted(name, code, codes.qmin(), codes.qmax()));
    }
    new PadLayer(name, top, left, bottom, right, 0);
  }

  /** Reads the file form. */
  static IntegerPad read(IntegerLayerSource source) {
    int[] padding = source.layer().integers("padding", 4);
    return new IntegerPad(
        source.layer().name(),
        padding[0],
        padding[1],
        padding[2],
        padding[3],
        source.layer().integer("code"),
        source.codes(0));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("padding", new int[] {top, left, bottom, right});
    sink.put("code", code);
  }

  @Override
  public SampleShape outputShape(SampleShape input) {
    return new PadLayer(name, top, left, bottom, right, 0).output(input);
  }

  @Override
  public Tensor reference(Int8Tensor x) {
    int height = x.dimension(2);
    int width = x.dimension(3);
    int rows = top + height + bottom;
    int columns = left + width + right;
    Int8Tensor out = Int8Tensor.allocate(x.dimension(0), x.dimension(1), rows, columns);
    for (int i = 0; i < out.size(); i++) {
      int plane = i / (rows * columns);
      int row = i / columns % rows - top;
      int column = i % columns - left;
      boolean within = row >= 0 && row < height && column >= 0 && column < width;
      out.set(i, within ? x.get((plane * height + row) * width + column) : (byte) code);
    }
    return out;
  }
}
