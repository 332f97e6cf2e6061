// SPDX-License-Identifier: Apache-2.0
package org.fabriq.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.fabriq.kernel.IntegerEpilogue;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * int8 x int8 by fused fp32: a sum of 1024 products of at most 2^14 stays within 2^24, so every
 * partial sum is an integer that fp32 holds exactly. Longer K are cut into pieces of 1024, which
 * are added as int32.
 */
final class VectorIntMatmul implements Product {
  private static final int ROWS = 4;
  private static final int EXACT_K = 1024;
  private static final int LEAST_BYTE_BITS = 64;

  private static final VectorSpecies<Byte> BYTES =
      Panels.SPECIES.vectorBitSize() / Float.BYTES < LEAST_BYTE_BITS
          ? null
          : VectorSpecies.of(
              byte.class, VectorShape.forBitSize(Panels.SPECIES.vectorBitSize() / Float.BYTES));

  private final Panels panels;
  private final int k;
  private final IntegerEpilogue epilogue;
  private final ThreadLocal<Scratch> scratch;

  private record Scratch(byte[] bytes, float[] a, float[] c, int[][] sums) {}

  VectorIntMatmul(WeightsI8I8 weights) {
    k = weights.k();
    panels = new Panels(k, weights.n(), (i, n) -> weights.b().get(i, n));
    epilogue = new IntegerEpilogue(weights);
    scratch =
        ThreadLocal.withInitial(
            () ->
                new Scratch(
                    new byte[ROWS * k],
                    new float[ROWS * k],
                    new float[ROWS * panels.paddedColumns()],
                    new int[ROWS][weights.n()]));
  }

  @Override
  public void multiply(Tensor a, Tensor c) {
    Scratch own = scratch.get();
    for (int m = 0; m < a.rows(); m += ROWS) {
      int rows = Math.min(ROWS, a.rows() - m);
      a.memory().get(m * k, own.bytes, 0, rows * k);
      widen(own.bytes, own.a, rows * k);
      for (int from = 0; from < k; from += EXACT_K) {
        panels.multiply(rows, own.a, from, Math.min(k, from + EXACT_K), own.c, true);
        for (int r = 0; r < rows; r++) {
          accumulate(own.c, r * panels.paddedColumns(), own.sums[r], from == 0);
        }
      }
      for (int r = 0; r < rows; r++) {
        epilogue.finishRow((Int8Tensor) a, m + r, own.sums[r], c);
      }
    }
  }

  private static void widen(byte[] bytes, float[] floats, int length) {
    int i = 0;
    if (BYTES != null) {
      for (; i <= length - BYTES.length(); i += BYTES.length()) {
        ((FloatVector)
                ByteVector.fromArray(BYTES, bytes, i)
                    .convertShape(VectorOperators.B2F, Panels.SPECIES, 0))
            .intoArray(floats, i);
      }
    }
    for (; i < length; i++) {
      floats[i] = bytes[i];
    }
  }

  private static void accumulate(float[] c, int at, int[] sums, boolean first) {
    for (int n = 0; n < sums.length; n++) {
      sums[n] = (first ? 0 : sums[n]) + (int) c[at + n];
    }
  }
}
