// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequantizationTest {
  private static final int[] ACCUMULATORS = {
    Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -3, -2, -1, 0, 1, 2, 3, Integer.MAX_VALUE
  };

  @Test
  void tiesGoToEven() {
    Requantization half = Requantization.ofPowerOfTwo(1);
    int[] accumulators = {-5, -3, -1, 1, 3, 5};
    long[] expected = {-2, -2, 0, 0, 2, 2};
    for (int i = 0; i < accumulators.length; i++) {
      assertThat(half.apply(accumulators[i])).isEqualTo(expected[i]);
    }
  }

  @Test
  void equalsTheReferenceAtTheEdges() {
    for (int significand : new int[] {1, 3, 0x7fffff, 0x800001, 0xffffff}) {
      for (int shift = 0; shift <= 62; shift++) {
        Requantization multiplier = new Requantization(significand, shift);
        for (int acc : ACCUMULATORS) {
          assertEqual(acc, multiplier);
        }
      }
    }
    assertThat(new Requantization(0xffffff, 0).apply(Integer.MIN_VALUE))
        .isEqualTo(-(1L << 31) * 0xffffff);
  }

  @Test
  void equalsTheReferenceAtRandomAndAtTies() {
    SplittableRandom random = Seed.random("requantization");
    for (int i = 0; i < 200_000; i++) {
      Requantization multiplier =
          new Requantization(random.nextInt(1, 1 << 24), random.nextInt(0, 63));
      int acc = random.nextInt() >> random.nextInt(0, 32);
      assertEqual(acc, multiplier);
      int shift = random.nextInt(1, 31);
      int odd = acc | 1;
      assertEqual(odd << (shift - 1), new Requantization(random.nextInt(1 << 24) | 1, shift));
    }
  }

  private static void assertEqual(int acc, Requantization multiplier) {
    assertThat(multiplier.apply(acc)).isEqualTo(ReferenceRequantization.halfEven(acc, multiplier));
    assertThat(multiplier.apply(acc, -7, -128, 127))
        .isEqualTo(ReferenceRequantization.requantize(acc, multiplier, -7, -128, 127));
  }

  @Test
  void holdsAFloatExactly() {
    SplittableRandom random = Seed.random("multipliers");
    for (int i = 0; i < 100_000; i++) {
      float multiplier = Math.scalb((float) random.nextDouble(1, 2), random.nextInt(-39, 24));
      Requantization held = Requantization.of(multiplier);
      assertThat(held.multiplier()).isEqualTo(multiplier);
      assertThat(held.significand() % 2 == 1 || held.shift() == 0).isTrue();
      assertThat(Requantization.fromWord(held.word())).isEqualTo(held);
    }
    assertThat(Requantization.of(0x1p-62f)).isEqualTo(new Requantization(1, 62));
    assertThat(Requantization.of(1)).isEqualTo(new Requantization(1, 0));
    assertThat(Requantization.of(6)).isEqualTo(new Requantization(6, 0));
    assertThat(Requantization.of(0xffffff)).isEqualTo(new Requantization(0xffffff, 0));
    assertThat(Requantization.ofPowerOfTwo(-3).apply(5)).isEqualTo(40);
    assertThat(new Requantization(12, 4)).isEqualTo(new Requantization(3, 2));
    assertThat(new Requantization(3, 2).word()).isEqualTo(3 | 2 << 24);
  }

  @Test
  void ofScales() {
    assertThat(Requantization.of(0.5f, 0.25f, 2f)).isEqualTo(Requantization.ofPowerOfTwo(4));
    float expected = (float) ((double) 0.1f * 0.3f / 0.7f);
    assertThat(Requantization.of(0.1f, 0.3f, 0.7f).multiplier()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        0f,
        -0f,
        -1f,
        0x1p24f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        0x1p-63f,
        Float.MIN_VALUE,
        0x1.000002p-40f,
        Float.NEGATIVE_INFINITY
      })
  void refusesMultipliersWithoutAForm(float multiplier) {
    assertThatThrownBy(() -> Requantization.of(multiplier))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("scales");
  }

  @Test
  void refusesPartsOutOfRange() {
    assertThatThrownBy(() -> new Requantization(0, 3)).hasMessageContaining("0 * 2^-3");
    assertThatThrownBy(() -> new Requantization(1 << 24, 0)).hasMessageContaining("16777216");
    assertThatThrownBy(() -> new Requantization(-4, 3))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> new Requantization(1, 63)).hasMessageContaining("63");
    assertThatThrownBy(() -> new Requantization(1, -1)).hasMessageContaining("--1");
    assertThatThrownBy(() -> Requantization.fromWord(-1))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> Requantization.ofPowerOfTwo(63)).hasMessageContaining("fl = 63");
    assertThatThrownBy(() -> Requantization.ofPowerOfTwo(-24)).hasMessageContaining("fl = -24");
  }

  @Test
  void aMultiplierIsAFractionAndAShift() {
    Requantization fifth = Requantization.of(0.2f);
    assertThat(fifth.normalizedMultiplier()).isEqualTo(0.8f);
    assertThat(fifth.normalizedShift()).isEqualTo(2);
    for (float m : new float[] {0.5f, 1, 0.99999994f, 3, 16_777_215f, 0x1p-62f, 0x1.8p-40f}) {
      Requantization multiplier = Requantization.of(m);
      float fraction = multiplier.normalizedMultiplier();
      assertThat(fraction).isGreaterThanOrEqualTo(0.5f).isLessThan(1);
      assertThat(Math.scalb(fraction, -multiplier.normalizedShift())).isEqualTo(m);
    }
  }
}
