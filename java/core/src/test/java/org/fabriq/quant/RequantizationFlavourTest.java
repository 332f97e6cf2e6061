// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequantizationFlavourTest {
  /** M = 1/2: the accumulators are ties. */
  @ParameterizedTest
  @CsvSource({
    "EXACT, -2, -2, 0, 0, 2, 2",
    "TFLITE_DOUBLE_ROUNDING, -2, -1, 0, 1, 2, 3",
    "TFLITE_SINGLE_ROUNDING, -2, -1, 0, 1, 2, 3",
  })
  void tiesOfAHalf(RequantizationFlavour flavour, int a, int b, int c, int d, int e, int f) {
    Requantization half = Requantization.ofPowerOfTwo(1);
    assertThat(List.of(-5, -3, -1, 1, 3, 5))
        .extracting(acc -> (int) flavour.apply(acc, half))
        .containsExactly(a, b, c, d, e, f);
  }

  /**
   * M = 1/8: with a real shift after the multiplication, double rounding takes ties away from zero.
   */
  @ParameterizedTest
  @CsvSource({
    "EXACT, -2, -2, 0, 0, 2, 2",
    "TFLITE_DOUBLE_ROUNDING, -3, -2, -1, 1, 2, 3",
    "TFLITE_SINGLE_ROUNDING, -2, -1, 0, 1, 2, 3",
  })
  void tiesOfAnEighth(RequantizationFlavour flavour, int a, int b, int c, int d, int e, int f) {
    Requantization eighth = Requantization.ofPowerOfTwo(3);
    assertThat(List.of(-20, -12, -4, 4, 12, 20))
        .extracting(acc -> (int) flavour.apply(acc, eighth))
        .containsExactly(a, b, c, d, e, f);
  }

  @Test
  void singleRoundingIsHalfUpOfTheExactProduct() {
    SplittableRandom random = Seed.random("RequantizationFlavourTest");
    for (int i = 0; i < 200_000; i++) {
      Requantization multiplier = Requantization.of((float) Math.exp(-random.nextDouble(0, 12)));
      int acc = random.nextInt() >> random.nextInt(16);
      BigInteger product =
          BigInteger.valueOf(acc).multiply(BigInteger.valueOf(multiplier.significand()));
      BigInteger half =
          multiplier.shift() == 0
              ? BigInteger.ZERO
              : BigInteger.ONE.shiftLeft(multiplier.shift() - 1);
      assertThat(RequantizationFlavour.TFLITE_SINGLE_ROUNDING.apply(acc, multiplier))
          .as("%d * %s", acc, multiplier)
          .isEqualTo(product.add(half).shiftRight(multiplier.shift()).longValueExact());
    }
  }

  @Test
  void flavoursDifferByAtMostOneAndRarely() {
    SplittableRandom random = Seed.random("RequantizationFlavourTest");
    int differ = 0;
    int tries = 1_000_000;
    for (int i = 0; i < tries; i++) {
      Requantization multiplier = Requantization.of((float) random.nextDouble(0.0005, 0.002));
      int acc = random.nextInt(-120_000, 120_000);
      long exact = RequantizationFlavour.EXACT.apply(acc, multiplier);
      long twice = RequantizationFlavour.TFLITE_DOUBLE_ROUNDING.apply(acc, multiplier);
      assertThat(Math.abs(exact - twice)).isLessThanOrEqualTo(1);
      differ += exact == twice ? 0 : 1;
    }
    assertThat(differ).isBetween(1, tries / 200);
  }

  @Test
  void multipliersWithoutATfliteShiftAreRefused() {
    Requantization tiny = Requantization.ofPowerOfTwo(40);
    assertThat(RequantizationFlavour.EXACT.apply(Integer.MAX_VALUE, tiny)).isZero();
    assertThatThrownBy(() -> RequantizationFlavour.TFLITE_DOUBLE_ROUNDING.apply(1, tiny))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("-39")
        .hasMessageContaining("-31");
  }
}
