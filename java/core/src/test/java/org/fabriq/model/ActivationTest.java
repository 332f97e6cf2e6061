// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
  private static float[] apply(Activation activation, float... values) {
    Float32Tensor tensor = Float32Tensor.of(values, values.length);
    activation.apply(tensor);
    return tensor.toArray();
  }

  @Test
  void appliesToEachElement() {
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(apply(Activation.NONE, -1, 2)).containsExactly(-1, 2);
    assertThat(apply(Activation.RELU, -1, 2, -0f, Float.NaN, -infinity))
        .containsExactly(0, 2, 0f, Float.NaN, 0);
    assertThat(apply(Activation.TANH, 0, 1, -1, infinity, Float.NaN))
        .containsExactly(0, 0.7615942f, -0.7615942f, 1, Float.NaN);
    assertThat(apply(Activation.SIGMOID, 0, 1, -1, infinity, -infinity, -800, Float.NaN))
        .containsExactly(0.5f, 0.73105858f, 0.26894143f, 1, 0, 0, Float.NaN);
  }

  @ParameterizedTest
  @EnumSource
  void hasAWordThatNamesIt(Activation activation) {
    assertThat(Activation.of(activation.word())).isEqualTo(activation);
    assertThatThrownBy(() -> Activation.of(activation.name()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("there are none, tanh, relu, sigmoid");
  }

  @Test
  void whatAFileSaysHolds() {
    assertThat(Activation.agreed("w", Activation.RELU, null)).isEqualTo(Activation.RELU);
    assertThat(Activation.agreed("w", Activation.RELU, Activation.RELU)).isEqualTo(Activation.RELU);
    assertThat(Activation.agreed("w", null, Activation.SIGMOID)).isEqualTo(Activation.SIGMOID);
    assertThatThrownBy(() -> Activation.agreed("w", Activation.RELU, Activation.TANH))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessage("--activation tanh contradicts w, which says relu; leave --activation out");
    assertThatThrownBy(() -> Activation.agreed("w", null, null))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("w does not say");
  }

  @Test
  void tensorsGetTheBitsOfTheDefinition() {
    int stride = 4099;
    int count = (int) ((1L << 32) / stride);
    Float32Tensor values = Float32Tensor.allocate(count);
    for (int i = 0; i < count; i++) {
      values.set(i, Float.intBitsToFloat(i * stride));
    }
    for (Activation activation : Activation.values()) {
      Float32Tensor results = (Float32Tensor) values.copy();
      activation.apply(results);
      for (int i = 0; i < count; i++) {
        float x = values.get(i);
        float expected = (float) activation.value(x);
        if (Float.floatToIntBits(results.get(i)) != Float.floatToIntBits(expected)) {
          assertThat(results.get(i)).as("%s of %s", activation, x).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void argmaxTakesTheFirstOnTies() {
    float nan = Float.NaN;
    float low = Float.NEGATIVE_INFINITY;
    Float32Tensor logits =
        Float32Tensor.of(
            new float[] {1, 3, 3, 2, 2, 2, nan, low, 5, nan, nan, nan, low, nan, low}, 5, 3);
    int[] expected = {1, 0, 2, 0, 0};
    for (int row = 0; row < 5; row++) {
      assertThat(Argmax.of(logits, row)).isEqualTo(expected[row]);
    }
    Int32Tensor raw = Int32Tensor.of(new int[] {-5, -5, Integer.MIN_VALUE, 0, 7, 7}, 2, 3);
    assertThat(Argmax.of(raw, 0)).isZero();
    assertThat(Argmax.of(raw, 1)).isEqualTo(1);
  }
}
