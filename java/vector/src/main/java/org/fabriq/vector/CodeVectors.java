// SPDX-License-Identifier: Apache-2.0
package org.fabriq.vector;

import java.nio.ByteBuffer;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fabriq.quant.Requantization;

/**
 * What {@link VectorCodeLoops} runs, 8 values at once. The quotient is rounded to an integer q by
 * adding 1.5 * 2^23 + Z, after which q + Z is in the low bits.
 */
final class CodeVectors {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;
  private static final float SHIFTER = 0x1.8p23f;
  private static final int SHIFTER_BITS = Float.floatToRawIntBits(SHIFTER);
  private static final float CLEAR = 0.5f - Requantization.NEAR_TIE;

  private CodeVectors() {}

  /** Whether the processor has vectors of this size. */
  static boolean available() {
    return FloatVector.SPECIES_PREFERRED.length() >= FLOATS.length();
  }

  static int quantize(
      ByteBuffer values,
      ByteBuffer codes,
      int from,
      int to,
      float scale,
      int zeroPoint,
      int qmin,
      int qmax) {
    float least = qmin - zeroPoint;
    float greatest = qmax - zeroPoint;
    float shift = SHIFTER + zeroPoint;
    Object in = BufferVectors.memory(values);
    Object out = BufferVectors.memory(codes);
    int i = from;
    for (; i <= to - FLOATS.length(); i += FLOATS.length()) {
      FloatVector x = BufferVectors.floats(FLOATS, in, Float.BYTES * i);
      FloatVector v = x.div(scale).max(least).min(greatest);
      FloatVector shifted = v.add(shift);
      FloatVector distance = v.sub(shifted.sub(shift)).abs();
      if (!distance.compare(VectorOperators.LT, 0.5f).allTrue()) {
        return i;
      }
      BufferVectors.store(narrow(shifted.reinterpretAsInts()), out, i);
    }
    return i;
  }

  static int dequantize(
      ByteBuffer codes, ByteBuffer values, int from, int to, float scale, int zeroPoint) {
    Object in = BufferVectors.memory(codes);
    Object out = BufferVectors.memory(values);
    int i = from;
    for (; i <= to - FLOATS.length(); i += FLOATS.length()) {
      ByteVector q = BufferVectors.bytes(BYTES, in, i);
      IntVector steps = ((IntVector) q.convertShape(VectorOperators.B2I, INTS, 0)).sub(zeroPoint);
      FloatVector x = (FloatVector) steps.convertShape(VectorOperators.I2F, FLOATS, 0);
      BufferVectors.store(x.mul(scale), out, Float.BYTES * i);
    }
    return i;
  }

  /** Patterns of floats are ordered as the floats are, so they are clamped, however large. */
  static int requantize(
      int[] acc, float[] multipliers, byte[] codes, int from, int zeroPoint, int qmin, int qmax) {
    float shift = SHIFTER + zeroPoint;
    int i = from;
    for (; i <= acc.length - INTS.length(); i += INTS.length()) {
      FloatVector sums =
          (FloatVector)
              IntVector.fromArray(INTS, acc, i).convertShape(VectorOperators.I2F, FLOATS, 0);
      FloatVector v = sums.mul(FloatVector.fromArray(FLOATS, multipliers, i));
      FloatVector shifted = v.add(shift);
      FloatVector distance = v.sub(shifted.sub(shift)).abs();
      if (!distance.compare(VectorOperators.LE, CLEAR).allTrue()) {
        return i;
      }
      IntVector bits = shifted.reinterpretAsInts();
      narrow(bits.max(SHIFTER_BITS + qmin).min(SHIFTER_BITS + qmax)).intoArray(codes, i);
    }
    return i;
  }

  private static ByteVector narrow(IntVector ints) {
    return (ByteVector) ints.convertShape(VectorOperators.I2B, BYTES, 0);
  }
}
