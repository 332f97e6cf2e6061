// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PenPathTest {
  private final PenPath path = new PenPath();

  @Test
  void twoPointsGiveAStraightLine() {
    append("0,10 60,40");
    assertThat(path.length).isEqualTo(7);
    for (int i = 0; i < path.length; i++) {
      assertThat(path.x[i]).isCloseTo(10 * i, within(1e-9));
      assertThat(path.y[i]).isCloseTo(10 + 5 * i, within(1e-9));
      assertThat(path.joined[i]).isEqualTo(i > 0);
    }
  }

  @Test
  void pathPassesItsPointsAndBulgesBetweenThem() {
    append("0,0 50,50 100,0");
    assertThat(path.length).isEqualTo(13);
    assertThat(path.x[6]).isEqualTo(50);
    assertThat(path.y[6]).isEqualTo(50);
    assertThat(path.y[3]).isGreaterThan(26);
    assertThat(path.x[12]).isEqualTo(100);
    assertThat(path.y[12]).isEqualTo(0);
  }

  @Test
  void cornerKeepsBothSidesStraight() {
    append("0,0 50,50! 100,0");
    for (int i = 0; i <= 6; i++) {
      assertThat(path.y[i]).isCloseTo(path.x[i], within(1e-9));
      assertThat(path.y[6 + i]).isCloseTo(100 - path.x[6 + i], within(1e-9));
    }
  }

  @Test
  void strokesAreNotJoinedAndTheFirstOnesAreKeptWhenItGrows() {
    for (int i = 0; i < 50; i++) {
      append(i + ",0 " + i + ",100");
    }
    assertThat(path.length).isEqualTo(350);
    assertThat(path.x[0]).isEqualTo(0);
    assertThat(path.x[7]).isEqualTo(1);
    assertThat(path.joined[7]).isFalse();
    assertThat(path.joined[8]).isTrue();
    path.clear();
    assertThat(path.length).isZero();
  }

  private void append(String stroke) {
    for (Glyph.Stroke s : Glyph.parse(stroke).strokes()) {
      path.append(s.x(), s.y(), s.corner(), s.length());
    }
  }
}
