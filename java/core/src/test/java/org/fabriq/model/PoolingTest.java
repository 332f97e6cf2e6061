// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;

class PoolingTest {
  private final Float32Tensor x =
      Float32Tensor.of(
          new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3, -4, -5, -6, -7, -8, -9}, 1, 2, 3, 3);

  @Test
  void theGreatestOfEachWindow() {
    assertThat(new MaxPoolLayer("p", Window.square(2, 1, 0)).forward(x).toArray())
        .containsExactly(5, 6, 8, 9, -1, -2, -4, -5);
  }

  @Test
  void paddingIsNeverTheGreatest() {
    assertThat(new MaxPoolLayer("p", Window.square(2, 2, 1)).forward(x).toArray())
        .containsExactly(1, 3, 7, 9, -1, -2, -4, -5);
  }

  @Test
  void theMeanWithAndWithoutPadding() {
    Window window = Window.square(2, 2, 1);
    assertThat(new AveragePoolLayer("p", window, false).forward(x).toArray())
        .containsExactly(1, 2.5f, 5.5f, 7, -1, -2.5f, -5.5f, -7);
    assertThat(new AveragePoolLayer("p", window, true).forward(x).toArray())
        .containsExactly(0.25f, 1.25f, 2.75f, 7, -0.25f, -1.25f, -2.75f, -7);
  }

  @Test
  void dilatedTapsAreApart() {
    Window window = new Window(2, 2, 1, 1, 0, 0, 0, 0, 2, 2);
    assertThat(new AveragePoolLayer("p", window, false).forward(x).toArray())
        .containsExactly(5, -5);
  }

  @Test
  void refusesVectorsAndWindowsOfPadding() {
    MaxPoolLayer padded = new MaxPoolLayer("p", Window.square(2, 1, 2));
    assertThatThrownBy(() -> padded.output(SampleShape.image(1, 3, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("output (0, 0) is all padding");
    assertThatThrownBy(() -> padded.output(SampleShape.vector(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("not vectors");
  }
}
