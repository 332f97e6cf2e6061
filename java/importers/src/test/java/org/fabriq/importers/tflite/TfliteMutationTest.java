// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.fabriq.FabriqException;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files that are cut short or changed: a network or a typed error, in bounded time. */
@Tag("long")
class TfliteMutationTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int[] HOSTILE = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7FFFFFF0, 1 << 20, 1 << 28, -4
  };

  private final SplittableRandom random = Seed.random("TfliteMutationTest");
  private int refused;
  private int taken;

  private void imports(byte[] file) {
    try {
      assertTimeoutPreemptively(LIMIT, () -> TfliteImporter.read("mutant", file, true));
      taken++;
    } catch (FabriqException e) {
      assertThat(e.getMessage()).isNotBlank();
      refused++;
    }
  }

  private void mutate(byte[] file, int times) {
    for (int i = 0; i < times; i++) {
      imports(Arrays.copyOf(file, random.nextInt(file.length)));
      byte[] flipped = file.clone();
      int bit = random.nextInt(8 * file.length);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      imports(flipped);
      byte[] hostile = file.clone();
      int at = random.nextInt(file.length / 4) * 4;
      ByteBuffer.wrap(hostile)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(at, HOSTILE[random.nextInt(HOSTILE.length)]);
      imports(hostile);
    }
  }

  @Test
  void smallModels() {
    for (boolean int8 : new boolean[] {true, false}) {
      for (Map.Entry<String, byte[]> model : SmallModels.all(int8, random).entrySet()) {
        mutate(model.getValue(), 100);
      }
    }
    System.out.println("small models: " + refused + " refused, " + taken + " taken");
    assertThat(refused).isGreaterThan(1000);
    assertThat(taken).isGreaterThan(100);
  }

  @Test
  void publicModel() throws IOException {
    byte[] file = Files.readAllBytes(TfliteFiles.find("kws_ref_model.tflite"));
    mutate(file, 100);
    System.out.println("public model: " + refused + " refused, " + taken + " taken");
    assertThat(refused).isGreaterThan(50);
  }
}
