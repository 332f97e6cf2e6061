// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.fabriq.ShapeException;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeTableTest {
  private static final MathContext DIGITS = new MathContext(60);

  /** exp by its series, after halving the argument until it is small. */
  private static BigDecimal exp(BigDecimal x) {
    BigDecimal small = x.divide(BigDecimal.valueOf(1 << 20), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i < 30; i++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < 20; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  private static int clamped(BigDecimal value, int zero) {
    int rounded = value.setScale(0, RoundingMode.HALF_EVEN).intValueExact();
    return Math.max(-128, Math.min(127, rounded + zero));
  }

  @ParameterizedTest
  @CsvSource({"0.03125, 0", "0.0078125, 0", "0.0471, -17", "1, 5", "1e-6, 127", "0.02, -128"})
  void everyEntryIsTheExactFunctionRoundedHalfEven(float scale, int zero) {
    Encoding input = Encoding.perTensor(8, true, scale, zero);
    CodeTable tanh = CodeTable.tanh("tanh", input);
    CodeTable sigmoid = CodeTable.sigmoid("sigmoid", input);
    for (int q = -128; q <= 127; q++) {
      BigDecimal x = new BigDecimal(scale).multiply(BigDecimal.valueOf(q - zero));
      BigDecimal e = exp(x.negate());
      BigDecimal s = BigDecimal.ONE.divide(BigDecimal.ONE.add(e), DIGITS);
      BigDecimal e2 = e.multiply(e, DIGITS);
      BigDecimal t = BigDecimal.ONE.subtract(e2).divide(BigDecimal.ONE.add(e2), DIGITS);
      assertThat(tanh.apply((byte) q))
          .as("tanh of %d", q)
          .isEqualTo((byte) clamped(t.multiply(BigDecimal.valueOf(128)), 0));
      assertThat(sigmoid.apply((byte) q))
          .as("sigmoid of %d", q)
          .isEqualTo((byte) clamped(s.multiply(BigDecimal.valueOf(256)), -128));
    }
  }

  @Test
  void whatOneRoundsToIsClamped() {
    CodeTable tanh = CodeTable.tanh("tanh", Encoding.perTensor(8, true, 1, 0));
    assertThat(tanh.apply((byte) 127)).isEqualTo((byte) 127);
    assertThat(tanh.apply((byte) -128)).isEqualTo((byte) -128);
    assertThat(tanh.apply((byte) 0)).isZero();
    CodeTable sigmoid = CodeTable.sigmoid("sigmoid", Encoding.perTensor(8, true, 1, 0));
    assertThat(sigmoid.apply((byte) 127)).isEqualTo((byte) 127);
    assertThat(sigmoid.apply((byte) -128)).isEqualTo((byte) -128);
    assertThat(sigmoid.apply((byte) 0)).isZero();
  }

  @Test
  void tiesGoToTheEvenCode() {
    Encoding halves = Encoding.perTensor(8, true, 0.5f, 0);
    Encoding units = Encoding.perTensor(8, true, 1, 0);
    CodeTable identity = CodeTable.of("id", halves, units, x -> x);
    byte[] odd = {-5, -3, -1, 1, 3, 5};
    int[] expected = {-2, -2, 0, 0, 2, 2};
    for (int i = 0; i < odd.length; i++) {
      assertThat(identity.apply(odd[i])).isEqualTo((byte) expected[i]);
    }
  }

  @Test
  void everyElementIsLookedUp() {
    Encoding unit = Encoding.perTensor(8, true, 1, 0);
    CodeTable negated = CodeTable.of("neg", unit, unit, x -> -x);
    Int8Tensor x = Int8Tensor.of(new byte[] {-128, 127, 0, 1}, 1, 2, 2, 1);
    Int8Tensor out = (Int8Tensor) negated.reference(x);
    assertThat(out.toArray()).containsExactly(127, -127, 0, -1);
    assertThat(out.shape()).containsExactly(1, 2, 2, 1);
  }

  @Test
  void refusesAnotherNumberOfEntries() {
    Encoding unit = Encoding.perTensor(8, true, 1, 0);
    assertThatThrownBy(() -> new CodeTable("t", new byte[255], unit, unit))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("255 entries");
  }
}
