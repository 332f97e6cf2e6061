// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ProductBySignTest {
  private final List<String> calls = new ArrayList<>();

  @Test
  void oneNegativeCodeAnywhereIsSeen() {
    for (int size : new int[] {1, 7, 63, 64, 65, 200}) {
      ByteBuffer codes = ByteBuffer.allocateDirect(size);
      for (int i = 0; i < size; i++) {
        codes.put(i, (byte) 127);
      }
      assertThat(ProductBySign.hasNegative(codes)).isFalse();
      for (int i = 0; i < size; i++) {
        codes.put(i, (byte) -1);
        assertThat(ProductBySign.hasNegative(codes)).as("%d of %d", i, size).isTrue();
        codes.put(i, (byte) 0);
      }
    }
  }

  @Test
  void theFasterOneIsMadeOnceWhenItIsNeeded() {
    ProductBySign product = new ProductBySign(new Recorded("any"), () -> new Recorded("faster"));
    Int8Tensor a = Int8Tensor.allocate(1, 2);
    a.set(1, (byte) -128);
    product.multiply(a, a);
    assertThat(calls).containsExactly("new any", "any");
    a.set(1, (byte) 127);
    product.multiply(a, a);
    product.multiply(a, a);
    product.release();
    assertThat(calls)
        .containsExactly(
            "new any", "any", "new faster", "faster", "faster", "free any", "free faster");
  }

  @Test
  void whatWasNeverMadeIsNotFreed() {
    new ProductBySign(new Recorded("any"), () -> new Recorded("faster")).release();
    assertThat(calls).containsExactly("new any", "free any");
  }

  private final class Recorded implements Product {
    private final String name;

    Recorded(String name) {
      this.name = name;
      calls.add("new " + name);
    }

    @Override
    public void multiply(Tensor a, Tensor c) {
      calls.add(name);
    }

    @Override
    public void release() {
      calls.add("free " + name);
    }
  }
}
