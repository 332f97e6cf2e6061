// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Arrays;
import java.util.Objects;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Int8Tensor;

/**
 * Codes of 1 to 8 bits without gaps, the lowest index in the lowest bits: within a row, bit j of
 * code i is bit (i * bits + j) mod 8 of byte (i * bits + j) / 8, bit 0 being worth 1. Rows, one per
 * index of axis 0, start at whole bytes; unused bits of a row's last byte are 0. A scalar or a
 * vector is one row.
 *
 * <pre>
 *  bit     7     6     5     4     3     2     1     0
 *  4 bits  |--------- q1 --------| |--------- q0 --------|     byte = q0 + 16 q1
 *  2 bits  |--- q3 --| |--- q2 --| |--- q1 --| |--- q0 --|     byte = q0 + 4 q1 + 16 q2 + 64 q3
 *  3 bits  |   q2    | |----- q1 ------| |----- q0 ------|     q2's bit 2 is bit 0 of byte 1
 * </pre>
 *
 * In these sums a negative code q counts as q + 2^bits (two's complement). Four bits are the layout
 * of ONNX int4; sizes are rows * ceil(codes per row * bits / 8) bytes.
 *
 * <p>Equal by value. Any number of threads may read; nothing may write to {@link #bytes}.
 */
public final class PackedCodes {
  private final int bits;
  private final boolean signed;
  private final int[] shape;
  private final int run;
  private final Int8Tensor bytes;

  private PackedCodes(int bits, boolean signed, int[] shape, Int8Tensor bytes) {
    this.bits = bits;
    this.signed = signed;
    this.shape = shape.clone();
    this.run = run(shape);
    this.bytes = bytes;
  }

  /**
   * Packs codes.
   *
   * @param bits 1 to 8
   * @param signed codes in [-2^(bits-1), 2^(bits-1) - 1], else in [0, 2^bits - 1], where bytes of 8
   *     unsigned bits are read as 0 to 255
   * @throws InvalidArgumentException if bits is out of range or a code does not fit; names it
   */
  public static PackedCodes pack(Int8Tensor codes, int bits, boolean signed) {
    checkBits(bits);
    int[] shape = codes.shape();
    int run = run(shape);
    Int8Tensor bytes = Int8Tensor.allocate(codes.size() / run, (int) rowBytes(run, bits));
    int unusedBits = Integer.SIZE - bits;
    for (int i = 0, to = 0; i < codes.size(); ) {
      int collected = 0;
      int filled = 0;
      for (int end = i + run; i < end; i++) {
        int code = codes.get(i);
        int kept = signed ? code << unusedBits >> unusedBits : code << unusedBits >>> unusedBits;
        if ((byte) kept != code) {
          throw new InvalidArgumentException(
              "code %d at index %d does not fit %d bits, %s; quantize to fewer bits"
                  .formatted(code, i, bits, signed ? "signed" : "unsigned"));
        }
        collected |= (code & (1 << bits) - 1) << filled;
        filled += bits;
        if (filled >= Byte.SIZE) {
          bytes.set(to++, (byte) collected);
          collected >>>= Byte.SIZE;
          filled -= Byte.SIZE;
        }
      }
      if (filled > 0) {
        bytes.set(to++, (byte) collected);
      }
    }
    return new PackedCodes(bits, signed, shape, bytes);
  }

  /**
   * Takes over packed bytes, as {@link #bytes} gives them.
   *
   * @param shape of the codes
   * @throws ShapeException if the bytes are not rows x bytes per row
   * @throws InvalidArgumentException if bits is out of range or an unused bit is 1
   */
  public static PackedCodes of(Int8Tensor bytes, int bits, boolean signed, int... shape) {
    checkBits(bits);
    int run = run(shape);
    long rows = elements(shape) / run;
    long rowBytes = rowBytes(run, bits);
    if (bytes.rank() != 2 || bytes.dimension(0) != rows || bytes.dimension(1) != rowBytes) {
      throw new ShapeException(
          "packed bytes %s for codes %s of %d bits; they take [%d, %d]"
              .formatted(bytes, Arrays.toString(shape), bits, rows, rowBytes));
    }
    int unused = (int) (rowBytes * Byte.SIZE - (long) run * bits);
    for (int row = 0; row < rows; row++) {
      int last = bytes.get(row, (int) rowBytes - 1) & 0xff;
      if (last >>> Byte.SIZE - unused != 0) {
        throw new InvalidArgumentException(
            "last byte 0x%02x of row %d has a 1 in its %d unused bits; they must be 0"
                .formatted(last, row, unused));
      }
    }
    return new PackedCodes(bits, signed, shape, bytes);
  }

  /** The codes in a new tensor. */
  public Int8Tensor unpack() {
    Int8Tensor codes = Int8Tensor.allocate(shape);
    unpack(codes);
    return codes;
  }

  /**
   * The codes, without allocation.
   *
   * @param codes of this shape; all overwritten
   * @throws ShapeException if its shape differs
   */
  public void unpack(Int8Tensor codes) {
    if (!Arrays.equals(shape, codes.shape())) {
      throw new ShapeException(
          "%s for packed codes %s; the shapes must be the same"
              .formatted(codes, Arrays.toString(shape)));
    }
    int unusedBits = Integer.SIZE - bits;
    for (int i = 0, from = 0; i < codes.size(); ) {
      int left = 0;
      int filled = 0;
      for (int end = i + run; i < end; i++) {
        if (filled < bits) {
          left |= (bytes.get(from++) & 0xff) << filled;
          filled += Byte.SIZE;
        }
        int code = left << unusedBits;
        codes.set(i, (byte) (signed ? code >> unusedBits : code >>> unusedBits));
        left >>>= bits;
        filled -= bits;
      }
    }
  }

  /** The code at a dense row-major index; 0 to 255 for 8 unsigned bits. */
  public int get(int index) {
    Objects.checkIndex(index, bytes.rows() * run);
    long bit = index % run * (long) bits;
    int shift = (int) (bit % Byte.SIZE);
    int at = index / run * bytes.columns() + (int) (bit / Byte.SIZE);
    int pair = bytes.get(at) & 0xff;
    if (shift + bits > Byte.SIZE) {
      pair |= (bytes.get(at + 1) & 0xff) << Byte.SIZE;
    }
    int code = pair >>> shift << Integer.SIZE - bits;
    return signed ? code >> Integer.SIZE - bits : code >>> Integer.SIZE - bits;
  }

  /** The packed rows: rows x bytes per row, 64-byte aligned where {@link #pack} made them. */
  public Int8Tensor bytes() {
    return bytes;
  }

  /** The bits of a code. */
  public int bits() {
    return bits;
  }

  /** Whether codes are two's complement. */
  public boolean signed() {
    return signed;
  }

  /** A copy of the shape of the codes. */
  public int[] shape() {
    return shape.clone();
  }

  /** The bytes that codes of one row take: ceil(codes * bits / 8). */
  static long rowBytes(long codes, int bits) {
    return (codes * bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** The codes of a row. */
  private static int run(int[] shape) {
    long run = shape.length < 2 ? elements(shape) : elements(shape) / shape[0];
    return (int) run;
  }

  static long elements(int[] shape) {
    long elements = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new ShapeException(
            "shape %s has a dimension of %d; every dimension must be at least 1"
                .formatted(Arrays.toString(shape), dimension));
      }
      elements = Math.multiplyExact(elements, dimension);
    }
    return elements;
  }

  private static void checkBits(int bits) {
    if (bits < 1 || bits > Byte.SIZE) {
      throw new InvalidArgumentException(
          "%d bits; packed codes have 1 to %d".formatted(bits, Byte.SIZE));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackedCodes that
        && bits == that.bits
        && signed == that.signed
        && Arrays.equals(shape, that.shape)
        && bytes.mismatches(that.bytes) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * bytes.memory().hashCode() + Arrays.hashCode(shape) + bits;
  }

  /** As {@code PackedCodes[4 bits, signed, [64, 128]]}. */
  @Override
  public String toString() {
    return "PackedCodes[%d bits, %s, %s]"
        .formatted(bits, signed ? "signed" : "unsigned", Arrays.toString(shape));
  }
}
