// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

/** The image of a program has the form of docs/overlay.md, and damage to it is seen. */
class ProgramImageTest {
  private final SplittableRandom random = Seed.random("program image");
  private final IntegerNetwork network = new RandomOverlayNetwork(random).ofVectors();
  private final OverlayPlan plan = OverlayPlan.of(network, OverlayTarget.DEFAULT, 3);
  private final byte[] image = plan.program().bytes();

  @Test
  void sectionsFollowTheHeader() {
    ByteBuffer words = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(words.getInt(0)).isEqualTo(0x4e514146);
    int sum = 0;
    for (int i = 0; i < 16; i++) {
      sum += words.getInt(4 * i);
    }
    assertThat(sum).isEqualTo(0x5a5a5a5a);
    OverlayUse use = plan.use();
    assertThat(words.getInt(8)).isEqualTo(use.records());
    assertThat(words.getInt(12)).isEqualTo(use.weightEntries());
    assertThat(words.getInt(28)).isEqualTo(plan.imagePacking().words());
    assertThat(words.getInt(52)).isEqualTo(plan.resultPacking().words());
    int size =
        64
            + 64 * use.records()
            + 512 * use.weightEntries()
            + 64 * use.tapRows()
            + 128 * use.columnEntries()
            + 256 * use.tables();
    assertThat(image).hasSize(size);
  }

  @Test
  void readingGivesTheSameImage() {
    assertThat(ProgramImage.read(image).bytes()).isEqualTo(image);
  }

  @Test
  void damageIsRefused() {
    for (int at : new int[] {0, 5, 20, 63, 64, 100}) {
      byte[] damaged = image.clone();
      damaged[at] ^= 1;
      assertThatThrownBy(() -> ProgramImage.read(damaged))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("plan the network again");
    }
    assertThatThrownBy(() -> ProgramImage.read(Arrays.copyOf(image, image.length - 64)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("left of a program");
    assertThatThrownBy(() -> ProgramImage.read(Arrays.copyOf(image, image.length + 64)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("64 more");
  }
}
