// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.OverlayRun;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

/**
 * Programs of random networks give the codes of their definition, to the bit; {@code
 * -Dfabriq.overlay.networks=1000} tries as many.
 */
class RandomOverlayTest {
  private static final int NETWORKS = Integer.getInteger("fabriq.overlay.networks", 100);

  @Test
  void networksOfImages() {
    SplittableRandom random = Seed.random("overlay images");
    int fit = 0;
    for (int i = 0; i < NETWORKS; i++) {
      IntegerNetwork network = new RandomOverlayNetwork(random.split()).ofImages();
      OverlayPlan plan = OverlayPlan.of(network, OverlayTarget.DEFAULT, 1);
      if (plan.fits()) {
        fit++;
        OverlayRun.assertEqual(
            plan, network, RandomOverlayNetwork.images(random, network, 1 + i % 3));
      }
    }
    assertThat(fit).isGreaterThan(NETWORKS * 9 / 10);
  }

  @Test
  void everyLayerOfNetworksOfImages() {
    SplittableRandom random = Seed.random("overlay layers");
    for (int i = 0; i < NETWORKS / 4; i++) {
      IntegerNetwork network = new RandomOverlayNetwork(random.split()).ofImages();
      if (OverlayPlan.of(network, OverlayTarget.DEFAULT, 1).fits()) {
        OverlayRun.assertEveryLayer(network, RandomOverlayNetwork.images(random, network, 1));
      }
    }
  }

  /** Channels side by side are a matter of places, if all but the last are multiples of 64. */
  @Test
  void branchesSideBySide() {
    SplittableRandom random = Seed.random("overlay branches");
    int fit = 0;
    int copied = 0;
    for (int i = 0; i < NETWORKS / 2; i++) {
      IntegerNetwork network = new RandomOverlayNetwork(random.split()).ofJoinedBranches();
      OverlayPlan plan = OverlayPlan.of(network, OverlayTarget.DEFAULT, 1);
      if (plan.fits()) {
        fit++;
        copied += plan.layers().stream().anyMatch(each -> each.name().startsWith("join")) ? 1 : 0;
        OverlayRun.assertEqual(
            plan, network, RandomOverlayNetwork.images(random, network, 1 + i % 3));
      } else {
        assertThat(plan.obstacles()).as("%s", network).noneMatch(each -> each.contains("join"));
      }
    }
    assertThat(fit).isGreaterThan(NETWORKS / 4);
    assertThat(copied).isPositive();
  }

  @Test
  void networksOfVectorsWithImagesAsPixels() {
    SplittableRandom random = Seed.random("overlay vectors");
    for (int i = 0; i < NETWORKS; i++) {
      IntegerNetwork network = new RandomOverlayNetwork(random.split()).ofVectors();
      int images = 1 + random.nextInt(i % 2 == 0 ? 20 : 3);
      OverlayPlan plan = OverlayPlan.of(network, OverlayTarget.DEFAULT, images);
      int samples = 1 + random.nextInt(2 * images);
      OverlayRun.assertEqual(plan, network, RandomOverlayNetwork.images(random, network, samples));
    }
  }

  /** What the comparison is worth: a program that waits too little does not pass it. */
  @Test
  void programsThatDoNotWaitForTheirImageGiveSomethingElse() {
    SplittableRandom random = Seed.random("overlay haste");
    int differ = 0;
    for (int i = 0; i < 20; i++) {
      IntegerNetwork network = new RandomOverlayNetwork(random.split()).ofVectors();
      OverlayPlan plan = OverlayPlan.of(network, OverlayTarget.DEFAULT, 2);
      ProgramImage image = ProgramImage.read(plan.program().bytes());
      LayerRecord first = image.records().get(0);
      first.set("need_start", 0).set("need_x", 0).set("need_per_block", 0);
      Int8Tensor chunks = OverlayRun.packed(plan, RandomOverlayNetwork.images(random, network, 2));
      OverlayTarget target = OverlayTarget.DEFAULT;
      Int8Tensor hasty = OverlayRun.run(OverlayProgram.of(image), chunks, target, false);
      Int8Tensor right = OverlayRun.run(plan.program(), chunks, target, false);
      differ += hasty.mismatches(right) == 0 ? 0 : 1;
    }
    assertThat(differ).isGreaterThan(15);
  }
}
