// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlyphStylesTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyDigitHasStylesThatFillTheBox(int digit) {
    assertThat(GlyphStyles.of(digit)).hasSizeGreaterThanOrEqualTo(3);
    for (Glyph glyph : GlyphStyles.of(digit)) {
      double top = 100;
      double bottom = 0;
      for (Glyph.Stroke stroke : glyph.strokes()) {
        assertThat(stroke.length()).isBetween(2, Handwriting.MAX_POINTS);
        assertThat(stroke.x()).hasSameSizeAs(stroke.y());
        for (int i = 0; i < stroke.length(); i++) {
          assertThat(stroke.x()[i]).isBetween(0.0, 100.0);
          top = Math.min(top, stroke.y()[i]);
          bottom = Math.max(bottom, stroke.y()[i]);
        }
      }
      assertThat(top).isBetween(0.0, 10.0);
      assertThat(bottom).isBetween(90.0, 100.0);
    }
  }
}
