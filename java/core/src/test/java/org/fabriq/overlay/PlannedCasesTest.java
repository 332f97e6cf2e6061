// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.testing.PlannedCase;
import org.fabriq.testing.RandomOverlayNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The programs that the simulated kernel is tested with are those that the planner makes. {@code
 * -Dfabriq.cases=hls/rtl/test/network/planned} (an absolute path) writes them anew.
 */
class PlannedCasesTest {
  private static final Path PLANNED =
      Path.of(System.getProperty("fabriq.shapes"))
          .resolve("../../rtl/test/network/planned")
          .normalize();

  @ParameterizedTest
  @CsvSource({
    "images-1, 1, 2",
    "images-2, 5, 1",
    "images-3, 13, 3",
    "vectors-1, 2, 6",
    "vectors-2, 9, 40"
  })
  void theKernelIsTestedWithProgramsOfThePlanner(String name, long seed, int samples)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    RandomOverlayNetwork networks = new RandomOverlayNetwork(random.split());
    boolean vectors = name.startsWith("vectors");
    IntegerNetwork network = vectors ? networks.ofVectors() : networks.ofImages();
    OverlayPlan plan = OverlayPlan.of(network, OverlayTarget.DEFAULT, vectors ? samples / 2 : 1);
    byte[] made =
        PlannedCase.of(plan, network, RandomOverlayNetwork.images(random, network, samples));
    PlannedCase.offer(name, made);
    assertThat(PLANNED.resolve(name + ".case")).isRegularFile();
    assertThat(Files.readAllBytes(PLANNED.resolve(name + ".case"))).isEqualTo(made);
  }
}
