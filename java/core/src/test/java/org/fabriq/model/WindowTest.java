// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.junit.jupiter.api.Test;

class WindowTest {
  @Test
  void outputsAreAsManyAsStepsFit() {
    assertThat(Window.square(3, 1, 1).outputHeight(28)).isEqualTo(28);
    assertThat(Window.square(2, 2, 0).outputHeight(7)).isEqualTo(3);
    assertThat(Window.square(5, 3, 0).outputHeight(5)).isEqualTo(1);
    Window window = new Window(3, 2, 2, 3, 1, 0, 2, 4, 2, 1);
    assertThat(window.outputHeight(6)).isEqualTo((6 + 3 - 5) / 2 + 1);
    assertThat(window.outputWidth(6)).isEqualTo((6 + 4 - 2) / 3 + 1);
  }

  @Test
  void tapsWithinTheImageAreCounted() {
    Window window = Window.square(3, 1, 1);
    assertThat(window.tapsWithin(0, 0, 5, 5)).isEqualTo(4);
    assertThat(window.tapsWithin(0, 2, 5, 5)).isEqualTo(6);
    assertThat(window.tapsWithin(2, 2, 5, 5)).isEqualTo(9);
    assertThat(window.tapsWithin(0, 0, 1, 1)).isEqualTo(1);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Window.square(0, 1, 0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("kernel height 0, limit 1");
    assertThatThrownBy(() -> Window.square(1, 0, 0)).hasMessageContaining("stride height 0");
    assertThatThrownBy(() -> Window.square(1, 1, -1)).hasMessageContaining("top padding -1");
    assertThatThrownBy(() -> new Window(1, 1, 1, 1, 0, 0, 0, 0, 1, 0))
        .hasMessageContaining("dilation width 0");
    assertThatThrownBy(() -> Window.square(4, 1, 0).outputHeight(3))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("over 4 rows for an image of 3");
  }
}
