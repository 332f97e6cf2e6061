// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import org.fabriq.InvalidArgumentException;
import org.fabriq.plan.Arithmetic;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.WeightQuantizer;

/**
 * What a training quantizes.
 *
 * @param form how the network is to run
 * @param weights fits the codes that weights start in: encodings of 2 to 8 bits, whose scales are
 *     learned, or codebooks
 * @param activations fits the encodings that activations start in, per tensor; of no meaning where
 *     the form leaves them in fp32
 * @param zeroPoints whether zero points of activations are learned too
 */
public record TrainedQuantization(
    Arithmetic form, WeightQuantizer weights, Quantizer activations, boolean zeroPoints) {
  /**
   * @throws InvalidArgumentException if no kernel multiplies such codes, or nothing has zero points
   */
  public TrainedQuantization {
    if (form == Arithmetic.F32) {
      throw new InvalidArgumentException(
          "--form f32 has no codes to train with; take f32f32, f32i8, i8i8 or integer");
    }
    if (weights instanceof CodebookQuantizer != (form == Arithmetic.F32F32)) {
      throw new InvalidArgumentException(
          "--scheme %s with --form %s; weights of a codebook run as f32f32, all others in another"
                  .formatted(weights.name(), form.label())
              + " form");
    }
    if (zeroPoints && !form.sumsIntegers()) {
      throw new InvalidArgumentException(
          "--learn-zero-points with --form %s, whose activations have no codes; take i8i8 or integer"
              .formatted(form.label()));
    }
  }

  /** As {@code weights symmetric:2,mse as i8i8, activations symmetric:8}. */
  @Override
  public String toString() {
    String text = "weights %s as %s".formatted(weights.name(), form.label());
    return form.sumsIntegers()
        ? text + ", activations " + activations.name() + (zeroPoints ? ", zero points learned" : "")
        : text;
  }
}
