// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;

/** How a trained network is to run, which decides what is quantized beside its weights. */
public enum TrainedForm {
  /** What codes of weights stand for, in fp32. */
  F32F32,
  /** Codes of weights; activations stay fp32. */
  F32I8,
  /** Codes of weights, of what layers with weights take, and of what all but the last give. */
  I8I8,
  /** Codes of all tensors, as an integer network has them. */
  INTEGER;

  /** What options call it, as {@code f32i8}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether activations are quantized too. */
  public boolean quantizesActivations() {
    return this == I8I8 || this == INTEGER;
  }

  /**
   * The form that a {@link #word} names.
   *
   * @throws InvalidArgumentException if it names none
   */
  public static TrainedForm of(String word) {
    for (TrainedForm form : values()) {
      if (form.word().equals(word)) {
        return form;
      }
    }
    throw new InvalidArgumentException(
        "--form %s; there are %s"
            .formatted(
                word,
                Arrays.stream(values()).map(TrainedForm::word).collect(Collectors.joining(", "))));
  }
}
