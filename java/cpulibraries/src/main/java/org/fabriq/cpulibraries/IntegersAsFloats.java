// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.fabriq.kernel.IntegerEpilogue;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * int8 x int8 through a library's fp32 multiplication, for libraries without an exact int8 one on
 * this processor. Exact in any order of the sums: 1024 products of at most 2^14 stay within 2^24,
 * the integers that fp32 holds. Longer K are cut into pieces of 1024, which are added as int32.
 */
final class IntegersAsFloats implements Product {
  private static final int EXACT_K = 1024;

  private final int k;
  private final int n;
  private final List<Product> pieces = new ArrayList<>();
  private final IntegerEpilogue epilogue;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /** A thread's buffers, grown to the largest batch it met. */
  private static final class Scratch {
    private byte[] bytes = new byte[0];
    private float[] floats = new float[0];
    private float[] row = new float[0];
    private int[] sums = new int[0];
    private Float32Tensor a;
    private Float32Tensor c;

    Float32Tensor a(int m, int k) {
      if (a == null || a.rows() != m || a.columns() != k) {
        a = Float32Tensor.allocate(m, k);
      }
      return a;
    }

    Float32Tensor c(int m, int n) {
      if (c == null || c.rows() != m || c.columns() != n) {
        c = Float32Tensor.allocate(m, n);
      }
      return c;
    }
  }

  /**
   * Prepares.
   *
   * @param library prepares fp32 weights of at most 1024 x N
   */
  IntegersAsFloats(WeightsI8I8 weights, Function<WeightsF32F32, Product> library) {
    k = weights.k();
    n = weights.n();
    epilogue = new IntegerEpilogue(weights);
    for (int from = 0; from < k; from += EXACT_K) {
      Float32Tensor b = Float32Tensor.allocate(Math.min(EXACT_K, k - from), n);
      for (int i = 0; i < b.size(); i++) {
        b.set(i, weights.b().get(from * n + i));
      }
      pieces.add(library.apply(new WeightsF32F32(b, null)));
    }
  }

  @Override
  public void multiply(Tensor a, Tensor c) {
    Scratch own = scratch.get();
    int m = a.rows();
    if (own.sums.length != n) {
      own.sums = new int[n];
      own.row = new float[n];
    }
    int[] sums = pieces.size() == 1 ? own.sums : new int[m * n];
    for (int piece = 0; piece < pieces.size(); piece++) {
      int from = piece * EXACT_K;
      int length = Math.min(EXACT_K, k - from);
      Float32Tensor left = own.a(m, length);
      widen(own, a, from, left);
      Float32Tensor products = own.c(m, n);
      pieces.get(piece).multiply(left, products);
      if (pieces.size() > 1) {
        add(own, products, sums);
      }
    }
    for (int row = 0; row < m; row++) {
      if (pieces.size() == 1) {
        own.c.floats().get(row * n, own.row);
        truncate(own.row, own.sums);
      } else {
        System.arraycopy(sums, row * n, own.sums, 0, n);
      }
      epilogue.finishRow((Int8Tensor) a, row, own.sums, c);
    }
  }

  private void widen(Scratch own, Tensor a, int from, Float32Tensor floats) {
    int length = floats.columns();
    if (own.bytes.length != length) {
      own.bytes = new byte[length];
      own.floats = new float[length];
    }
    for (int row = 0; row < a.rows(); row++) {
      a.memory().get(row * k + from, own.bytes);
      for (int i = 0; i < length; i++) {
        own.floats[i] = own.bytes[i];
      }
      floats.floats().put(row * length, own.floats);
    }
  }

  private void add(Scratch own, Float32Tensor products, int[] sums) {
    for (int row = 0; row < products.rows(); row++) {
      products.floats().get(row * n, own.row);
      for (int i = 0; i < n; i++) {
        sums[row * n + i] += (int) own.row[i];
      }
    }
  }

  private static void truncate(float[] row, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (int) row[i];
    }
  }

  @Override
  public void release() {
    pieces.forEach(Product::release);
  }
}
