// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InkCanvasTest {
  private static final int SIDE = 28;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void inkLiesAlongTheLineAndFadesAwayFromIt(long seed) {
    byte[] pixels = draw(seed, "140,40 140,240");
    for (int row = 6; row < 22; row++) {
      assertThat(grey(pixels, row, 14)).isGreaterThan(100);
      assertThat(grey(pixels, row, 16)).isLessThan(grey(pixels, row, 14));
      assertThat(grey(pixels, row, 17)).isLessThan(30);
      assertThat(grey(pixels, row, 10)).isLessThan(30);
    }
    assertThat(grey(pixels, 1, 14)).isLessThan(30);
    assertThat(grey(pixels, 26, 14)).isLessThan(30);
  }

  @Test
  void lineOutsideTheImageLeavesPaper() {
    for (byte pixel : draw(1, "-200,-200 -100,-100")) {
      assertThat(pixel & 0xff).isLessThan(20);
    }
  }

  @Test
  void strokeOfNoLengthIsADot() {
    byte[] pixels = draw(2, "140,140 140,140");
    assertThat(grey(pixels, 14, 14)).isGreaterThan(60);
    assertThat(grey(pixels, 14, 18)).isLessThan(30);
  }

  private static byte[] draw(long seed, String tenthsOfPixels) {
    Glyph.Stroke stroke = Glyph.parse(tenthsOfPixels).strokes().get(0);
    PenPath path = new PenPath();
    path.append(stroke.x(), stroke.y(), stroke.corner(), stroke.length());
    for (int i = 0; i < path.length; i++) {
      path.x[i] /= 10;
      path.y[i] /= 10;
    }
    byte[] pixels = new byte[5 + SIDE * SIDE];
    new InkCanvas(SIDE).draw(path, new SplitMix64(seed), pixels, 5);
    return Arrays.copyOfRange(pixels, 5, pixels.length);
  }

  private static int grey(byte[] pixels, int row, int column) {
    return pixels[row * SIDE + column] & 0xff;
  }
}
