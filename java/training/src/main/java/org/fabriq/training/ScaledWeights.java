// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.stream.Stream;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;

/** Weights with learned scales. */
final class ScaledWeights extends TrainedWeights {
  private final LearnedEncoding encoding;

  /**
   * Weights that start as trained in fp32.
   *
   * @param encoding that they start in
   */
  ScaledWeights(NDManager manager, WeightedLayer start, Encoding encoding) {
    super(manager, start);
    int sharing = start.weight().size() / encoding.scales().length;
    this.encoding =
        LearnedEncoding.ofWeights(
            manager, start.name() + ".weight", encoding, sharing, start.weight().rank());
  }

  @Override
  Stream<Parameter> encoding() {
    return encoding.parameters();
  }

  @Override
  NDArray quantized(NDArray w, ParameterValues values) {
    return encoding.apply(w, values);
  }

  @Override
  void afterStep() {
    encoding.keepInRange();
  }

  @Override
  QuantizedTensor codes() {
    Encoding now = encoding.encoding();
    return new QuantizedTensor(now.quantize(weights()), now);
  }
}
