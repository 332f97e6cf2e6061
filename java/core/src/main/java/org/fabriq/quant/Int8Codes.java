// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * Values to codes of a byte and back, in loops that the JIT compiler vectorizes, or in {@link
 * CodeLoops} where there are some.
 *
 * <p>Quantizing divides in fp32. That is exact but for ties: halves of odd integers are fp32
 * numbers in the range of the codes and rounding is monotone, so x / S and fl(x / S) lie on the
 * same side of each of them, unless fl(x / S) is one. Those values, and NaN, are looked at again
 * with {@link ReferenceInt8Codes}. Rounding to an integer q and adding Z is the addition of 1.5 *
 * 2^23 + Z, after which q + Z is in the low bits; on a tie it need not be the even one.
 *
 * <p>Buffers are read and written in parts of a few KiB through arrays of the thread, since direct
 * buffers are not vectorized; nothing is allocated but these, once per thread.
 */
final class Int8Codes {
  private static final int PART = 512;
  private static final int SHORT = 16;
  private static final float SHIFTER = 0x1.8p23f;
  private static final float BELOW_HALF = Math.nextDown(0.5f);
  private static final float[] NO_TIES = new float[PART];
  private static final CodeLoops LOOPS = CodeLoops.installed().orElse(null);
  private static final ThreadLocal<Int8Codes> OF_THREAD = ThreadLocal.withInitial(Int8Codes::new);

  static {
    Arrays.fill(NO_TIES, BELOW_HALF);
  }

  private final float[] floats = new float[PART];
  private final float[] distances = new float[PART];
  private final byte[] bytes = new byte[PART];

  private Int8Codes() {}

  /**
   * The codes of values {@code from} (included) to {@code to} (excluded).
   *
   * @param codes written at the same indices, up to a NaN at least
   * @param encoding of codes that fit a byte
   * @return the index of the first NaN, or -1
   */
  static int quantize(
      Float32Tensor values, Int8Tensor codes, int from, int to, Encoding encoding, int channel) {
    FloatBuffer floats = values.floats();
    if (to - from < SHORT) {
      return ReferenceInt8Codes.quantize(floats, codes.memory(), from, to, encoding, channel);
    }
    return LOOPS == null
        ? inParts(floats, codes.memory(), from, to, encoding, channel)
        : inLoops(values, codes, from, to, encoding, channel);
  }

  private static int inLoops(
      Float32Tensor values, Int8Tensor codes, int from, int to, Encoding encoding, int channel) {
    int zero = encoding.zeroPoint(channel);
    float scale = encoding.scale(channel);
    ByteBuffer bytes = codes.memory();
    for (int i = from; i < to; ) {
      i =
          LOOPS.quantize(
              values.memory(), bytes, i, to, scale, zero, encoding.qmin(), encoding.qmax());
      int end = Math.min(i + LOOPS.lanes(), to);
      int nan = ReferenceInt8Codes.quantize(values.floats(), bytes, i, end, encoding, channel);
      if (nan >= 0) {
        return nan;
      }
      i = end;
    }
    return -1;
  }

  private static int inParts(
      FloatBuffer values, ByteBuffer codes, int from, int to, Encoding encoding, int channel) {
    Int8Codes parts = OF_THREAD.get();
    for (int i = from; i < to; i += PART) {
      int count = Math.min(PART, to - i);
      values.get(i, parts.floats, 0, count);
      boolean done = parts.quantize(count, encoding, channel);
      codes.put(i, parts.bytes, 0, count);
      if (!done) {
        int nan = parts.quantizeTies(values, codes, i, count, encoding, channel);
        if (nan >= 0) {
          return nan;
        }
      }
    }
    return -1;
  }

  /** The codes of a part; whether no value of it is a tie or NaN. */
  private boolean quantize(int count, Encoding encoding, int channel) {
    int zero = encoding.zeroPoint(channel);
    round(
        floats,
        distances,
        count,
        encoding.scale(channel),
        encoding.qmin() - zero,
        encoding.qmax() - zero,
        SHIFTER + zero);
    narrow(floats, bytes, count);
    return Arrays.mismatch(distances, 0, count, NO_TIES, 0, count) < 0;
  }

  /** From values to shifted integers, and to their distances from the quotients. */
  private static void round(
      float[] x, float[] distances, int count, float s, float least, float greatest, float shift) {
    for (int i = 0; i < count; i++) {
      float v = Math.min(Math.max(x[i] / s, least), greatest);
      float shifted = v + shift;
      distances[i] = Math.max(Math.abs(v - (shifted - shift)), BELOW_HALF);
      x[i] = shifted;
    }
  }

  private static void narrow(float[] shifted, byte[] codes, int count) {
    for (int i = 0; i < count; i++) {
      codes[i] = (byte) Float.floatToRawIntBits(shifted[i]);
    }
  }

  private int quantizeTies(
      FloatBuffer values, ByteBuffer codes, int from, int count, Encoding encoding, int channel) {
    for (int i = 0; i < count; i++) {
      if (distances[i] != BELOW_HALF) {
        int at = from + i;
        int nan = ReferenceInt8Codes.quantize(values, codes, at, at + 1, encoding, channel);
        if (nan >= 0) {
          return nan;
        }
      }
    }
    return -1;
  }

  /**
   * The values of codes {@code from} (included) to {@code to} (excluded).
   *
   * @param values written at the same indices
   */
  static void dequantize(
      Int8Tensor codes, Float32Tensor values, int from, int to, Encoding encoding, int channel) {
    int i = from;
    if (to - from >= SHORT) {
      int zero = encoding.zeroPoint(channel);
      float scale = encoding.scale(channel);
      i =
          LOOPS == null
              ? inParts(codes.memory(), values.floats(), from, to, scale, zero)
              : LOOPS.dequantize(codes.memory(), values.memory(), from, to, scale, zero);
    }
    ReferenceInt8Codes.dequantize(codes.memory(), values.floats(), i, to, encoding, channel);
  }

  private static int inParts(
      ByteBuffer codes, FloatBuffer values, int from, int to, float scale, int zero) {
    Int8Codes parts = OF_THREAD.get();
    for (int i = from; i < to; i += PART) {
      int count = Math.min(PART, to - i);
      codes.get(i, parts.bytes, 0, count);
      multiply(parts.bytes, parts.floats, count, zero, scale);
      values.put(i, parts.floats, 0, count);
    }
    return to;
  }

  private static void multiply(byte[] codes, float[] values, int count, int zero, float scale) {
    for (int i = 0; i < count; i++) {
      values[i] = (codes[i] - zero) * scale;
    }
  }
}
