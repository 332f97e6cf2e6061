// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.FixedPointMultiplier;

/**
 * How the host makes int8 of accumulators as TensorFlow Lite does: clamp(acc * M[n], in two
 * roundings, + zC). The multipliers follow from the scales, S_A * S_W[n] / S_C in double; in a
 * dense layer with one scale of weights the product of the first two is rounded to fp32.
 *
 * @param multipliers one per output
 */
public record TfliteOutput(
    List<FixedPointMultiplier> multipliers, int zeroPoint, int qmin, int qmax) {
  /** Copies the list. */
  public TfliteOutput {
    multipliers = List.copyOf(multipliers);
  }

  /**
   * Of scales.
   *
   * @param dense whether the layer is dense, not a convolution
   */
  static TfliteOutput of(
      Encoding input,
      Encoding weight,
      int outputs,
      boolean dense,
      Encoding output,
      int qmin,
      int qmax) {
    List<FixedPointMultiplier> multipliers =
        IntStream.range(0, outputs)
            .mapToObj(
                n -> {
                  double product =
                      dense && !weight.perChannel()
                          ? input.scale(0) * weight.scale(n)
                          : (double) input.scale(0) * weight.scale(n);
                  return FixedPointMultiplier.of(product / output.scale(0));
                })
            .toList();
    return new TfliteOutput(multipliers, output.zeroPoint(0), qmin, qmax);
  }

  /** The code of an accumulator that has its bias. */
  public int code(int output, int acc) {
    int rounded = multipliers.get(output).doubleRounding(acc);
    return Math.max(qmin, Math.min(qmax, rounded + zeroPoint));
  }
}
