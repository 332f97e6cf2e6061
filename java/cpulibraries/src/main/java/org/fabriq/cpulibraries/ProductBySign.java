// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Tensor;

/**
 * Takes a faster product where A, int8, has no negative code, as images and what comes out of ReLU
 * often have not. On processors without VNNI it is twice as fast to add pairs of u8 x s8 products
 * in int16 first ({@code VPMADDUBSW}). That saturates for codes up to 255, but is exact for those
 * up to 127: 2 * 127 * 128 is below 2^15.
 */
final class ProductBySign implements Product {
  private static final int BLOCK = 64;
  private static final long SIGNS = 0x8080808080808080L;

  private final Product any;
  private final Supplier<Product> maker;
  private volatile Product nonNegative;

  /**
   * Two ways.
   *
   * @param any for every A
   * @param nonNegative makes the one for A without negative codes, when the first such comes
   */
  ProductBySign(Product any, Supplier<Product> nonNegative) {
    this.any = any;
    this.maker = nonNegative;
  }

  @Override
  public void multiply(Tensor a, Tensor c) {
    (hasNegative(a.memory()) ? any : nonNegative()).multiply(a, c);
  }

  private Product nonNegative() {
    Product made = nonNegative;
    if (made == null) {
      synchronized (this) {
        made = nonNegative;
        if (made == null) {
          made = maker.get();
          nonNegative = made;
        }
      }
    }
    return made;
  }

  /** Whether a byte has its sign bit set; stops at the first 64 bytes with one. */
  static boolean hasNegative(ByteBuffer codes) {
    int size = codes.limit();
    int i = 0;
    for (; i <= size - BLOCK; i += BLOCK) {
      long bits = 0;
      for (int j = i; j < i + BLOCK; j += Long.BYTES) {
        bits |= codes.getLong(j);
      }
      if ((bits & SIGNS) != 0) {
        return true;
      }
    }
    int bits = 0;
    for (; i < size; i++) {
      bits |= codes.get(i);
    }
    return bits < 0;
  }

  @Override
  public void release() {
    any.release();
    if (nonNegative != null) {
      nonNegative.release();
    }
  }
}
