// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Optional;
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
public record IntegerMaxPool(String name, Window window, Encoding codes) implements IntegerLayer {
  @Override
  public Encoding inputCodes() {
    return codes;
  }

  @Override
  public Optional<Encoding> outputCodes() {
    return Optional.of(codes);
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
