// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/**
 * The weights of a layer and what becomes of its sums, as the kernel computes:
 *
 * <pre>
 *  acc[n] = sum of a * w[n] + bias[n]                                       modulo 2^32
 *  c[n]   = clamp(halfEven(acc[n] * significand[n] / 2^shift[n]) + zeroOut, least, greatest)
 * </pre>
 *
 * @param rows of a window; columns alike
 * @param channels that an output sees
 * @param codes outputs x rows x columns x channels, symmetric
 * @param bias that makes up for the input's zero point, too
 */
record OverlayColumns(
    int outputs,
    int rows,
    int columns,
    int channels,
    byte[] codes,
    int[] bias,
    int[] significands,
    int[] shifts,
    int zeroOut,
    int least,
    int greatest) {

  /** A weight; 0 outside the window, and for outputs and channels that are not there. */
  byte code(int output, int row, int column, int channel) {
    boolean there =
        output < outputs
            && row >= 0
            && row < rows
            && column >= 0
            && column < columns
            && channel < channels;
    return there ? codes[((output * rows + row) * columns + column) * channels + channel] : 0;
  }

  /** The column parameters of an output in 64 bits; 0 for an output that is not there. */
  long parameters(int output) {
    return output < outputs
        ? (long) shifts[output] << 56
            | (long) significands[output] << 32
            | Integer.toUnsignedLong(bias[output])
        : 0;
  }
}
