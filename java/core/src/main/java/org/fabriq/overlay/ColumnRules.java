// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Arrays;
import java.util.Optional;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.kernel.Int8Output;
import org.fabriq.model.Window;
import org.fabriq.quant.Requantization;

/** How weights, biases and multipliers of an integer layer become columns of the array. */
final class ColumnRules {
  /** The code of a weight. */
  @FunctionalInterface
  interface Codes {
    int get(int output, int row, int column, int channel);
  }

  private ColumnRules() {}

  /**
   * The columns of a layer; dilated windows are filled up with zeros, but see {@link
   * PadRules#spread}.
   *
   * @param channels that an output sees
   */
  static OverlayColumns columns(IntegerWeights weights, Window window, int channels, Codes codes) {
    WeightedRules.check(weights);
    Window spread = PadRules.spread(window);
    int outputs = weights.outputs();
    int rows = spread.kernelHeight();
    int columns = spread.kernelWidth();
    byte[] all = new byte[outputs * rows * columns * channels];
    int[] bias = weights.bias();
    int zero = weights.input().zeroPoint(0);
    for (int n = 0; n < outputs; n++) {
      for (int i = 0; i < window.kernelHeight(); i++) {
        for (int j = 0; j < window.kernelWidth(); j++) {
          int row = i * window.dilationHeight();
          int column = j * window.dilationWidth();
          for (int c = 0; c < channels; c++) {
            int code = codes.get(n, i, j, c);
            all[((n * rows + row) * columns + column) * channels + c] = (byte) code;
            bias[n] -= zero * code;
          }
        }
      }
    }
    return requantized(weights, rows, columns, channels, all, bias);
  }

  private static OverlayColumns requantized(
      IntegerWeights weights, int rows, int columns, int channels, byte[] codes, int[] bias) {
    int outputs = weights.outputs();
    int[] significands = new int[outputs];
    int[] shifts = new int[outputs];
    Arrays.fill(significands, 1);
    Optional<Int8Output> int8 = weights.int8();
    for (int n = 0; n < outputs && int8.isPresent(); n++) {
      Requantization multiplier = int8.get().multipliers().get(n);
      significands[n] = multiplier.significand();
      shifts[n] = multiplier.shift();
    }
    return new OverlayColumns(
        outputs,
        rows,
        columns,
        channels,
        codes,
        bias,
        significands,
        shifts,
        int8.map(Int8Output::zeroPoint).orElse(0),
        int8.map(Int8Output::qmin).orElse(-128),
        int8.map(Int8Output::qmax).orElse(127));
  }
}
