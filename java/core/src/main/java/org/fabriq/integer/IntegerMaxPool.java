// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import org.fabriq.model.LayerSink;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * The greatest code of each window, which stands for the greatest value; padding takes no part.
 *
 * @param codes what codes stand for, before and after
 */
public record IntegerMaxPool(String name, Window window, Encoding codes)
    implements CodeKeepingLayer {
  /** Reads the file form. */
  static IntegerMaxPool read(IntegerLayerSource source) {
    return new IntegerMaxPool(source.layer().name(), source.layer().window(), source.codes(0));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.putWithKernel(window);
  }

  @Override
  public SampleShape outputShape(SampleShape input) {
    return new MaxPoolLayer(name, window).output(input);
  }

  @Override
  public Tensor reference(Int8Tensor x) {
    return IntegerPooling.reference(
        x,
        window,
        taps -> {
          int greatest = -128;
          for (int code : taps) {
            greatest = Math.max(greatest, code);
          }
          return greatest;
        });
  }
}
