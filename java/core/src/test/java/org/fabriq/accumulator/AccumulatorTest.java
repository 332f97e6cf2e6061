// SPDX-License-Identifier: Apache-2.0
package org.fabriq.accumulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccumulatorTest {
  @ParameterizedTest
  @CsvSource({
    "16,  32767,  32767,  32767",
    "16,  32768, -32768,  32767",
    "16, -32768, -32768, -32768",
    "16, -32769,  32767, -32768",
    "16,  65536,      0,  32767",
    "16, 100000, -31072,  32767",
    " 2,      1,      1,      1",
    " 2,      2,     -2,      1",
    " 2,     -3,      1,     -2",
    "32, 2147483648, -2147483648, 2147483647",
  })
  void wrapsAndSaturates(int bits, long sum, long wrapped, long saturated) {
    assertThat(new Accumulator(bits, Overflow.WRAP).reduce(sum)).isEqualTo(wrapped);
    Accumulator saturating = new Accumulator(bits, Overflow.SATURATE);
    assertThat(saturating.reduce(sum)).isEqualTo(saturated);
    assertThat(saturating.holds(sum)).isEqualTo(sum == saturated);
  }

  @Test
  void textsAreRead() {
    assertThat(Accumulator.parse("16,wrap")).isEqualTo(Accumulator.LAB).hasToString("16,wrap");
    assertThat(Accumulator.parse("20,saturate"))
        .isEqualTo(new Accumulator(20, Overflow.SATURATE))
        .hasToString("20,saturate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "16", "16,", "wrap", "16,round", "16,wrap,wrap", "-4,wrap", "x,wrap"})
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> Accumulator.parse(text))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContainingAll("'" + text + "'", "wrap or saturate", "16,wrap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "33", "9999"})
  void otherWidthsAreRefused(String bits) {
    assertThatThrownBy(() -> Accumulator.parse(bits + ",wrap"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContainingAll(bits + " bits", "2 to 32");
  }
}
