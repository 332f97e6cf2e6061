// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

/** Tensors that are needed at once lie apart, and off the input's place where they can. */
class ActivationPlacesTest {
  /** A chain in which each layer takes what the one before it gives. */
  private static Optional<ActivationPlaces> chain(boolean twice, int limit, int... lines) {
    int[] firsts = IntStream.range(-1, lines.length - 1).toArray();
    int[] lasts = IntStream.range(0, lines.length).toArray();
    lasts[lines.length - 1] = -1;
    return ActivationPlaces.find(lines, firsts, lasts, twice, limit);
  }

  @Test
  void tensorsKeepOffTheInputWhereThereIsRoom() {
    ActivationPlaces places = chain(false, 100, 40, 30, 30, 30, 0).orElseThrow();
    assertThat(places.bases()).containsExactly(0, 40, 70, 40, -1);
    assertThat(places.lines()).isEqualTo(100);
  }

  @Test
  void tensorsTakeTheInputsPlaceWhereTheyMust() {
    ActivationPlaces places = chain(false, 80, 40, 30, 40, 20, 0).orElseThrow();
    assertThat(places.bases()).containsExactly(0, 40, 0, 40, -1);
    assertThat(chain(false, 69, 40, 30, 40, 20, 0)).isEmpty();
  }

  @Test
  void theInputHasTwoPlacesWhereThereIsRoom() {
    assertThat(chain(true, 110, 40, 30, 0).orElseThrow().bases()).containsExactly(0, 80, -1);
    assertThat(chain(true, 109, 40, 30, 0)).isEmpty();
  }

  @Test
  void tensorsThatAreNeededAtOnceLieApart() {
    SplittableRandom random = Seed.random("places");
    int found = 0;
    for (int i = 0; i < 300; i++) {
      int tensors = 2 + random.nextInt(10);
      int[] lines = random.ints(tensors, 1, 40).toArray();
      int[] firsts = IntStream.range(-1, tensors - 1).toArray();
      int[] lasts = new int[tensors];
      for (int t = 0; t < tensors; t++) {
        lasts[t] = Math.min(tensors - 2, t + random.nextInt(3));
      }
      lasts[tensors - 1] = -1;
      Optional<ActivationPlaces> places =
          ActivationPlaces.find(lines, firsts, lasts, random.nextBoolean(), 128);
      found += places.isPresent() ? 1 : 0;
      places.ifPresent(each -> assertApart(each, lines, firsts, lasts));
    }
    assertThat(found).isGreaterThan(100);
  }

  private static void assertApart(ActivationPlaces places, int[] lines, int[] firsts, int[] lasts) {
    int[] bases = places.bases();
    for (int t = 0; t < lines.length; t++) {
      assertThat(bases[t] + lines[t]).isLessThanOrEqualTo(bases[t] < 0 ? lines[t] : 128);
      for (int other = 0; other < t; other++) {
        boolean together = lasts[other] >= firsts[t] && bases[t] >= 0;
        boolean apart =
            bases[other] + lines[other] <= bases[t] || bases[t] + lines[t] <= bases[other];
        assertThat(!together || apart).isTrue();
      }
    }
  }
}
