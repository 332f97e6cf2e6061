// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import java.util.Arrays;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;

/**
 * What codes of a tensor stand for, as a file has it: unsigned codes of 8 bits may be among them.
 *
 * @param encoding of the tensor, or one scale and zero point per index of its axis, counted from 0
 */
public record Codes(Encoding encoding) {
  /** Codes with one scale and zero point. */
  public static Codes perTensor(int bits, boolean signed, float scale, int zeroPoint) {
    return new Codes(Encoding.perTensor(bits, signed, scale, zeroPoint));
  }

  /**
   * Requires one scale, as kernels take activations.
   *
   * @param scales how many there are
   * @throws NotTakenException if there are more
   */
  public static void requireOne(int scales) {
    if (scales != 1) {
      throw new NotTakenException(
          "activations have %d scales, one per channel".formatted(scales),
          "quantize activations with one scale");
    }
  }

  /** The same codes with another axis of scales. */
  public Codes withAxis(int other) {
    return new Codes(encoding.withAxis(other));
  }

  /** The axis of scales; 0 with one scale. */
  public int axis() {
    return encoding.axis();
  }

  /** Whether each index of an axis has a scale of its own. */
  public boolean perAxis() {
    return encoding.perChannel();
  }

  /** Whether other codes of the same signs stand for the same; their number of bits is free. */
  public boolean readsAs(Codes other) {
    return encoding.signed() == other.encoding.signed()
        && Arrays.equals(encoding.scales(), other.encoding.scales())
        && Arrays.equals(encoding.zeroPoints(), other.encoding.zeroPoints());
  }

  /** What is to be added to codes so that they are signed: -2^(bits - 1) for unsigned ones. */
  public int shift() {
    return encoding.signed() ? 0 : -(1 << (encoding.bits() - 1));
  }

  /**
   * What codes stand for after {@link #shift}.
   *
   * @throws InvalidArgumentException if int8 does not hold them
   */
  public Encoding int8() {
    if (encoding.bits() > 8) {
      throw new InvalidArgumentException(
          "codes of %d bits, limit 8; quantize to int8 or uint8".formatted(encoding.bits()));
    }
    int[] zeros = encoding.zeroPoints();
    for (int i = 0; i < zeros.length; i++) {
      zeros[i] += shift();
    }
    return new Encoding(
        encoding.bits(), true, encoding.narrow(), encoding.scales(), zeros, encoding.axis());
  }
}
