// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.DenseLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;

/**
 * A dense layer with learned scales: of its weights and, by choice, of its inputs and its outputs.
 */
final class ScaledLinear extends FineTunedLinear {
  private final String name;
  private final LearnedScale weightScale;
  private final LearnedScale inputScale;
  private final LearnedScale outputScale;

  /**
   * A layer that starts from trained weights.
   *
   * @param weights the encoding that they start in
   * @param inputs that of the inputs, or null to leave them fp32
   * @param outputs that of the outputs, or null to leave them fp32
   */
  ScaledLinear(
      NDManager manager, DenseLayer start, Encoding weights, Encoding inputs, Encoding outputs) {
    super(manager, start);
    this.name = start.name();
    int sharing = start.weight().size() / weights.scales().length;
    this.weightScale = add(manager, "weight_scale", weights, sharing);
    this.inputScale = ofActivations(manager, "input_scale", inputs, start.inputs());
    this.outputScale = ofActivations(manager, "output_scale", outputs, start.outputs());
  }

  private LearnedScale ofActivations(
      NDManager manager, String scale, Encoding encoding, int features) {
    if (encoding == null) {
      return null;
    }
    if (encoding.perChannel()) {
      throw new InvalidArgumentException(
          "%s of %s: %d scales; activations have one, use a quantizer of whole tensors"
              .formatted(scale, name, encoding.scales().length));
    }
    return add(manager, scale, encoding, features);
  }

  private LearnedScale add(NDManager manager, String scale, Encoding encoding, int sharing) {
    LearnedScale learned = new LearnedScale(manager, scale, encoding, sharing, 2);
    addParameter(learned.parameter());
    return learned;
  }

  private Stream<LearnedScale> all() {
    return Stream.of(weightScale, inputScale, outputScale).filter(scale -> scale != null);
  }

  @Override
  NDArray input(NDArray x, Values values) {
    return inputScale == null ? x : inputScale.apply(x, values.of(inputScale.parameter()));
  }

  @Override
  NDArray weight(NDArray w, Values values) {
    return weightScale.apply(w, values.of(weightScale.parameter()));
  }

  @Override
  NDArray output(NDArray y, Values values) {
    return outputScale == null ? y : outputScale.apply(y, values.of(outputScale.parameter()));
  }

  @Override
  Set<String> scales() {
    return all().map(scale -> scale.parameter().getId()).collect(Collectors.toSet());
  }

  @Override
  void afterStep() {
    all().forEach(LearnedScale::keepPositive);
  }

  @Override
  QuantizedTensor codes() {
    Encoding encoding = weightScale.encoding();
    return new QuantizedTensor(encoding.quantize(weights()), encoding);
  }

  /** The trained encodings of activations, as {@link org.fabriq.model.EncodedMlp} names them. */
  Map<String, Encoding> activations() {
    Map<String, Encoding> encodings = new LinkedHashMap<>();
    if (inputScale != null) {
      encodings.put(name + ".input", inputScale.encoding());
    }
    if (outputScale != null) {
      encodings.put(name + ".output", outputScale.encoding());
    }
    return encodings;
  }
}
