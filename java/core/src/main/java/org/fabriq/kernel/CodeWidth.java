// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.util.Arrays;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PackedCodes;
import org.fabriq.tensor.Int8Tensor;

/** The widths of a code of B that kernels read from packed memory, two's complement. */
public enum CodeWidth {
  /** Codes of -2 to 1. */
  INT2(2),
  /** Codes of -8 to 7. */
  INT4(4),
  /** Codes of -128 to 127. */
  INT8(8);

  private final int bits;

  CodeWidth(int bits) {
    this.bits = bits;
  }

  /**
   * The least width that holds every code of an encoding; an unsigned one needs a bit more than it
   * has.
   *
   * @throws InvalidArgumentException if the codes do not fit 8 bits
   */
  public static CodeWidth of(Encoding encoding) {
    int needed = encoding.bits() + (encoding.signed() ? 0 : 1);
    return Arrays.stream(values())
        .filter(width -> width.bits >= needed)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    "codes of %s take %d bits, limit 8; quantize to fewer bits"
                        .formatted(encoding, needed)));
  }

  /** 2, 4 or 8. */
  public int bits() {
    return bits;
  }

  /** The least code: -2^(bits-1). */
  public int least() {
    return -1 << bits - 1;
  }

  /** The greatest code: 2^(bits-1) - 1. */
  public int greatest() {
    return ~least();
  }

  /**
   * B as kernels read it: a row of ceil(columns * bits / 8) bytes for each row, in the layout of
   * {@link PackedCodes}; B itself at 8 bits.
   *
   * @param b of {@link #least} to {@link #greatest}
   */
  Int8Tensor pack(Int8Tensor b) {
    return this == INT8 ? b : PackedCodes.pack(b, bits, true).bytes();
  }

  /** Throws InvalidArgumentException if a code of B does not fit; names it. */
  void check(Int8Tensor b) {
    if (this == INT8) {
      return;
    }
    int columns = b.columns();
    for (int i = 0; i < b.size(); i++) {
      int code = b.get(i);
      if (code < least() || code > greatest()) {
        throw new InvalidArgumentException(
            "code %d at (%d, %d) of B, limit %d to %d in %d bits; quantize to %d bits or use %d"
                .formatted(
                    code,
                    i / columns,
                    i % columns,
                    least(),
                    greatest(),
                    bits,
                    bits,
                    wider().bits()));
      }
    }
  }

  private CodeWidth wider() {
    return values()[ordinal() + 1];
  }
}
