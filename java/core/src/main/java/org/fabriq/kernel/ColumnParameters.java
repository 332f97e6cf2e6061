// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;

/** Packs and checks what the kernels hold per column. */
final class ColumnParameters {
  private static final int BYTES = 16;

  private final ByteBuffer records;

  ColumnParameters(int n) {
    records = ByteBuffer.allocateDirect(n * BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  void set(int column, int bias, int scale, int zeroPoint) {
    records.putInt(column * BYTES, bias);
    records.putInt(column * BYTES + 4, scale);
    records.putInt(column * BYTES + 8, zeroPoint);
  }

  /** The records, read-only. */
  ByteBuffer packed() {
    return records.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A checked copy of a bias; where there is none, -0, the identity of addition. */
  static float[] bias(float[] bias, int n) {
    if (bias == null) {
      float[] none = new float[n];
      Arrays.fill(none, -0f);
      return none;
    }
    checkLength("bias", bias.length, n);
    for (int i = 0; i < n; i++) {
      if (!Float.isFinite(bias[i])) {
        throw new InvalidArgumentException(
            "bias %s of column %d; a bias must be finite".formatted(bias[i], i));
      }
    }
    return bias.clone();
  }

  /** A checked copy of zero points; zeros where there are none. */
  static int[] zeroPoints(int[] zeroPoints, int n) {
    if (zeroPoints == null) {
      return new int[n];
    }
    checkLength("zero points", zeroPoints.length, n);
    for (int i = 0; i < n; i++) {
      checkInt8("zero point of column " + i, zeroPoints[i]);
    }
    return zeroPoints.clone();
  }

  static void checkInt8(String what, int value) {
    if (value != (byte) value) {
      throw new InvalidArgumentException("%s is %d, limit -128 to 127".formatted(what, value));
    }
  }

  static void checkLength(String what, int length, int n) {
    if (length != n) {
      throw new ShapeException(
          "%s: %d values for %d columns; give one per column".formatted(what, length, n));
    }
  }
}
