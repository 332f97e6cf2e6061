// SPDX-License-Identifier: Apache-2.0
package org.fabriq.accumulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.kernel.Int8Output;
import org.fabriq.kernel.ReferenceMatmul;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

/** Sums worked out by hand, and random ones beside their definition. */
class NarrowMatmulTest {
  private static final Accumulator WRAP = new Accumulator(16, Overflow.WRAP);
  private static final Accumulator SATURATE = new Accumulator(16, Overflow.SATURATE);

  /** A single sum. */
  private record Sum(int value, SumCount count) {
    static Sum of(Accumulator accumulator, int[] a, int[] b, int zeroA, int bias) {
      WeightsI8I8 weights =
          WeightsI8I8.raw(Int8Tensor.of(bytes(b), b.length, 1), zeroA, null, new int[] {bias});
      Int32Tensor c = Int32Tensor.allocate(1, 1);
      SumCount count =
          new NarrowMatmul(weights, accumulator)
              .multiplyNarrowly(Int8Tensor.of(bytes(a), 1, a.length), c);
      assertThat(count.sums()).isEqualTo(1);
      return new Sum(c.get(0), count);
    }

    private static byte[] bytes(int[] values) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) values[i];
      }
      return bytes;
    }

    /** As "value left wrong excess". */
    String of(Accumulator accumulator) {
      return "%d %d %d %d"
          .formatted(value, count.left(), count.wrong(), accumulator.excess(count.seen()));
    }
  }

  private static String sum(Accumulator accumulator, int[] a, int[] b, int zeroA, int bias) {
    return Sum.of(accumulator, a, b, zeroA, bias).of(accumulator);
  }

  private static int[] times(int count, int value) {
    return Collections.nCopies(count, value).stream().mapToInt(Integer::intValue).toArray();
  }

  /** 16,384 and its multiples: 32,768 is the first outside, 65,536 wraps to 0. */
  @Test
  void chainsOfTheLeastCodes() {
    int[] one = times(1, -128);
    assertThat(sum(WRAP, one, one, 0, 0)).isEqualTo("16384 0 0 0");
    int[] two = times(2, -128);
    assertThat(sum(WRAP, two, two, 0, 0)).isEqualTo("-32768 1 1 1");
    assertThat(sum(SATURATE, two, two, 0, 0)).isEqualTo("32767 1 1 1");
    int[] four = times(4, -128);
    assertThat(sum(WRAP, four, four, 0, 0)).isEqualTo("0 1 1 32769");
    assertThat(sum(SATURATE, four, four, 0, 0)).isEqualTo("32767 1 1 32769");
    int[] most = times(131_071, -128);
    Accumulator wide = new Accumulator(32, Overflow.WRAP);
    assertThat(sum(wide, most, most, 0, 0)).isEqualTo("2147467264 0 0 0");
    Accumulator oneLess = new Accumulator(31, Overflow.SATURATE);
    assertThat(sum(oneLess, most, most, 0, 0)).isEqualTo("1073741823 1 1 1073725441");
  }

  /** 2 * 127 * 127 + 509 is 32,767; 2 * 128 * -128 is -32,768. */
  @Test
  void theEndsOfTheRangeAreInside() {
    int[] greatest = times(2, 127);
    assertThat(sum(WRAP, greatest, greatest, 0, 509)).isEqualTo("32767 0 0 0");
    assertThat(sum(WRAP, greatest, greatest, 0, 510)).isEqualTo("-32768 1 1 1");
    assertThat(sum(SATURATE, greatest, greatest, 0, 510)).isEqualTo("32767 1 1 1");
    int[] least = times(2, -128);
    assertThat(sum(WRAP, times(2, 0), least, -128, 0)).isEqualTo("-32768 0 0 0");
    assertThat(sum(WRAP, times(2, 0), least, -128, -1)).isEqualTo("32767 1 1 1");
    assertThat(sum(SATURATE, times(2, 0), least, -128, -1)).isEqualTo("-32768 1 1 1");
  }

  /** 16,129 + 16,129 + 16,129 - 16,256 = 32,131, by way of 48,387; not so in the other order. */
  @Test
  void aSumThatComesBackIsRightIfItWraps() {
    int[] b = times(4, 127);
    int[] a = {127, 127, 127, -128};
    assertThat(sum(WRAP, a, b, 0, 0)).isEqualTo("32131 1 0 15620");
    assertThat(sum(SATURATE, a, b, 0, 0)).isEqualTo("16511 1 1 15620");
    int[] other = {-128, 127, 127, 127};
    assertThat(sum(WRAP, other, b, 0, 0)).isEqualTo("32131 0 0 0");
    assertThat(sum(SATURATE, other, b, 0, 0)).isEqualTo("32131 0 0 0");
    assertThat(sum(SATURATE, times(2, -128), times(2, -128), 0, -1)).isEqualTo("32766 1 1 1");
    assertThat(sum(WRAP, times(2, -128), times(2, -128), 0, -1)).isEqualTo("32767 1 0 1");
  }

  @Test
  void aSingleProduct() {
    Accumulator wrap = new Accumulator(8, Overflow.WRAP);
    Accumulator saturate = new Accumulator(8, Overflow.SATURATE);
    assertThat(sum(wrap, new int[] {127}, new int[] {1}, 0, 0)).isEqualTo("127 0 0 0");
    assertThat(sum(wrap, new int[] {-128}, new int[] {1}, 0, 0)).isEqualTo("-128 0 0 0");
    assertThat(sum(wrap, new int[] {-128}, new int[] {-1}, 0, 0)).isEqualTo("-128 1 1 1");
    assertThat(sum(saturate, new int[] {-128}, new int[] {-1}, 0, 0)).isEqualTo("127 1 1 1");
    assertThat(sum(saturate, new int[] {100}, new int[] {1}, 0, 28)).isEqualTo("127 1 1 1");
    assertThat(sum(wrap, new int[] {100}, new int[] {1}, 0, 28)).isEqualTo("-128 1 1 1");
  }

  /** 0.5 * -32,768 is clamped to -128, where the exact 0.5 * 32,768 would be 127. */
  @Test
  void outputsAreRequantizedFromWhatIsHeld() {
    Int8Tensor ends = Int8Tensor.of(new byte[] {-128, -128}, 2, 1);
    Int8Output half = new Int8Output(List.of(Requantization.of(0.5f)), 0, -128, 127);
    NarrowMatmul matmul =
        new NarrowMatmul(WeightsI8I8.requantized(ends, 0, null, null, half), WRAP);
    Int8Tensor c = Int8Tensor.allocate(1, 1);
    matmul.multiplyNarrowly(ends.reshape(1, 2), c);
    assertThat(c.get(0)).isEqualTo((byte) -128);
    SumCount count = matmul.multiplyExactly(ends.reshape(1, 2), c);
    assertThat(c.get(0)).isEqualTo((byte) 127);
    assertThat(count).isEqualTo(new SumCount(1, 1, 1, new SumRange(0, 32_768)));
  }

  @Test
  void randomSumsAreThoseOfTheDefinition() {
    SplittableRandom random = Seed.random("NarrowMatmulTest");
    for (int trial = 0; trial < 100; trial++) {
      int m = random.nextInt(1, 6);
      int k = trial < 10 ? 1 : random.nextInt(1, 200);
      int n = random.nextInt(1, 6);
      WeightsI8I8 weights =
          WeightsI8I8.raw(
              codes(random, k, n),
              random.nextInt(-128, 128),
              random.ints(n, -128, 128).toArray(),
              random.ints(n, -50_000, 50_000).toArray());
      Int8Tensor a = codes(random, m, k);
      Int32Tensor expected = Int32Tensor.allocate(m, n);
      ReferenceMatmul.multiply(a, weights, expected);
      for (Overflow overflow : Overflow.values()) {
        Accumulator accumulator = new Accumulator(random.nextInt(2, 33), overflow);
        NarrowMatmul matmul = new NarrowMatmul(weights, accumulator);
        Int32Tensor c = Int32Tensor.allocate(m, n);
        SumCount exact = matmul.multiplyExactly(a, c);
        assertThat(c.mismatches(expected)).isZero();
        SumCount narrow = matmul.multiplyNarrowly(a, c);
        assertThat(narrow).isEqualTo(exact);
        assertThat(narrow.sums()).isEqualTo((long) m * n);
        assertThat(narrow.wrong()).isEqualTo(c.mismatches(expected));
        assertThat(narrow.left()).isGreaterThanOrEqualTo(narrow.wrong());
        assertThat(narrow.left() == 0).isEqualTo(accumulator.excess(narrow.seen()) == 0);
        check(accumulator, a, weights, c);
      }
    }
  }

  private static Int8Tensor codes(SplittableRandom random, int rows, int columns) {
    byte[] codes = new byte[rows * columns];
    random.nextBytes(codes);
    return Int8Tensor.of(codes, rows, columns);
  }

  /** Addition by addition; wrapping is also what the low bits of the exact sum say. */
  private static void check(Accumulator accumulator, Int8Tensor a, WeightsI8I8 w, Int32Tensor c) {
    for (int m = 0; m < c.rows(); m++) {
      for (int n = 0; n < c.columns(); n++) {
        long held = 0;
        long exact = w.bias(n);
        for (int k = 0; k < w.k(); k++) {
          int product = (a.get(m, k) - w.zeroA()) * (w.b().get(k, n) - w.zeroB(n));
          held = accumulator.reduce(held + product);
          exact += product;
        }
        held = accumulator.reduce(held + w.bias(n));
        assertThat(c.get(m, n)).as("%s, K = %d", accumulator, w.k()).isEqualTo((int) held);
        if (accumulator.overflow() == Overflow.WRAP) {
          long modulus = 1L << accumulator.bits();
          assertThat(Math.floorMod(c.get(m, n) - exact, modulus)).isZero();
        }
      }
    }
  }
}
