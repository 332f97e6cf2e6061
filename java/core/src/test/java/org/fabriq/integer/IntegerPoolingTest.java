// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.fabriq.ShapeException;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.Test;

class IntegerPoolingTest {
  private static final Encoding CODES = Encoding.perTensor(8, true, 1, -10);

  private static byte[] bytes(Tensor tensor) {
    return ((Int8Tensor) tensor).toArray();
  }

  @Test
  void theGreatestCodeWithinTheImage() {
    Int8Tensor x = Int8Tensor.of(new byte[] {-128, -128, -128, -20, -30, 127}, 1, 1, 2, 3);
    IntegerMaxPool pool = new IntegerMaxPool("p", Window.square(2, 2, 1), CODES);
    assertThat(bytes(pool.reference(x))).containsExactly(-128, -128, -20, 127);
  }

  @Test
  void theMeanRoundsHalfEven() {
    byte[] sums = {-5, -3, -1, 1, 3, 5, 127, -128};
    Int8Tensor x = Int8Tensor.allocate(8, 1, 1, 2);
    for (int i = 0; i < sums.length; i++) {
      x.set(2 * i, sums[i]);
    }
    IntegerAveragePool pool =
        new IntegerAveragePool("p", new Window(1, 2, 1, 1, 0, 0, 0, 0, 1, 1), false, CODES);
    assertThat(bytes(pool.reference(x))).containsExactly(-2, -2, 0, 0, 2, 2, 64, -64);
  }

  @Test
  void paddingCountsAsTheZeroPointOrNotAtAll() {
    Int8Tensor x = Int8Tensor.of(new byte[] {30}, 1, 1, 1, 1);
    Window window = Window.square(2, 1, 1);
    assertThat(bytes(new IntegerAveragePool("p", window, false, CODES).reference(x)))
        .containsExactly(30, 30, 30, 30);
    assertThat(bytes(new IntegerAveragePool("p", window, true, CODES).reference(x)))
        .containsExactly(0, 0, 0, 0);
  }

  @Test
  void everyQuotientIsExact() {
    for (int count = 1; count <= 12; count++) {
      for (int sum = -200; sum <= 200; sum++) {
        int expected =
            new BigDecimal(sum)
                .divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_EVEN)
                .intValueExact();
        assertThat(IntegerAveragePool.halfEvenQuotient(sum, count))
            .as("%d / %d", sum, count)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void refusesWhatNetworksRefuse() {
    IntegerMaxPool pool = new IntegerMaxPool("p", Window.square(2, 1, 2), CODES);
    assertThatThrownBy(() -> pool.outputShape(SampleShape.image(1, 3, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("all padding");
  }
}
