// SPDX-License-Identifier: Apache-2.0
package org.fabriq.accumulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumRangeTest {
  private static final Accumulator WIDE = new Accumulator(32, Overflow.WRAP);

  @ParameterizedTest
  @CsvSource({
    "     0,     0,  1",
    "    -1,     0,  1",
    "     0,     1,  2",
    "-32768, 32767, 16",
    "-32768, 32768, 17",
    "-32769,     0, 17",
    "     0, 65536, 18",
  })
  void bitsIncludeTheSign(long least, long greatest, int bits) {
    assertThat(new SumRange(least, greatest).bits()).isEqualTo(bits);
  }

  /** Column 0: 2a - 3a', bias 100; column 1: a + a'. Codes of A are 0 to 10 around 5. */
  @Test
  void possibleSumsByHand() {
    Int8Tensor b = Int8Tensor.of(new byte[] {2, 1, -3, 1}, 2, 2);
    WeightsI8I8 weights = WeightsI8I8.raw(b, 5, null, new int[] {100, 0});
    assertThat(SumRange.possible(weights, 0, 10)).isEqualTo(new SumRange(-25, 125));
  }

  /** The bias comes last: what is possible before it counts. */
  @Test
  void sumsBeforeTheBiasAreAmongThem() {
    Int8Tensor b = Int8Tensor.of(new byte[] {100}, 1, 1);
    WeightsI8I8 weights = WeightsI8I8.raw(b, 0, null, new int[] {-20_000});
    assertThat(SumRange.possible(weights, -128, 127)).isEqualTo(new SumRange(-32_800, 12_700));
  }

  @Test
  void someAReachesEachEnd() {
    SplittableRandom random = Seed.random("SumRangeTest");
    for (int trial = 0; trial < 200; trial++) {
      int k = random.nextInt(1, 20);
      byte[] codes = new byte[k];
      random.nextBytes(codes);
      int zeroA = random.nextInt(-128, 128);
      int[] zeroB = {random.nextInt(-128, 128)};
      int[] bias = {random.nextInt(-100_000, 100_000)};
      WeightsI8I8 weights = WeightsI8I8.raw(Int8Tensor.of(codes, k, 1), zeroA, zeroB, bias);
      byte[] a = new byte[2 * k];
      for (int i = 0; i < k; i++) {
        boolean positive = codes[i] > zeroB[0];
        a[i] = (byte) (positive ? 127 : -128);
        a[k + i] = (byte) (positive ? -128 : 127);
      }
      SumCount count =
          new NarrowMatmul(weights, WIDE)
              .multiplyExactly(Int8Tensor.of(a, 2, k), Int32Tensor.allocate(2, 1));
      assertThat(count.seen()).isEqualTo(SumRange.possible(weights, -128, 127));
    }
  }
}
