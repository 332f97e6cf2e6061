// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.OverlayRun;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

/** Parts of networks, one after the other, give what the network gives, in the fewest launches. */
class OverlayPartsTest {
  private static final int NETWORKS = Integer.getInteger("fabriq.overlay.networks", 100);

  private static OverlayTarget small(SplittableRandom random) {
    int entries = 1 + random.nextInt(80);
    return new OverlayTarget(
        "small",
        10 + random.nextInt(150),
        entries,
        entries + random.nextInt(40),
        1 + random.nextInt(40),
        1 + random.nextInt(30),
        random.nextInt(4),
        1 + random.nextInt(8),
        random.nextBoolean() ? 8 : 4);
  }

  private static Tensor run(OverlayParts parts, Int8Tensor images, OverlayTarget target) {
    Tensor at = images;
    for (OverlayPart part : parts.parts()) {
      Int8Tensor codes = (Int8Tensor) at;
      at =
          part instanceof ProgramPart program
              ? OverlayRun.run(program.planFor(images.dimension(0)), codes, target, true)
              : ReferenceNetwork.run(part.network(), codes);
    }
    return at;
  }

  @Test
  void partsGiveWhatTheNetworkGives() {
    SplittableRandom random = Seed.random("overlay parts");
    int programs = 0;
    int split = 0;
    int alone = 0;
    int whole = 0;
    for (int i = 0; i < NETWORKS; i++) {
      int foreign = i % 4 == 0 ? 0 : 12;
      RandomOverlayNetwork networks = new RandomOverlayNetwork(random.split());
      IntegerNetwork network =
          i % 5 == 0
              ? networks.ofVectors()
              : networks.ofManyLayers(2 + random.nextInt(12), foreign);
      OverlayTarget target = small(random);
      OverlayParts parts = OverlayParts.of(network, target);
      Int8Tensor images = RandomOverlayNetwork.images(random, network, 1 + i % 3);
      Tensor expected = ReferenceNetwork.run(network, images);
      Tensor found = run(parts, images, target);
      assertThat(found.shape()).isEqualTo(expected.shape());
      assertThat(found.mismatches(expected)).as("%s on %s", network, target).isZero();
      assertReasons(parts, network);
      int own = parts.programs().size();
      programs += own > 0 ? 1 : 0;
      split += own > 1 ? 1 : 0;
      alone += parts.outside().isEmpty() ? 0 : 1;
      whole += parts.isWhole() ? 1 : 0;
    }
    System.out.printf(
        "of %d networks %d have programs, %d several, %d layers outside, %d are whole%n",
        NETWORKS, programs, split, alone, whole);
    assertThat(programs).isGreaterThan(NETWORKS / 2);
    assertThat(split).isGreaterThan(NETWORKS / 5);
    assertThat(alone).isGreaterThan(NETWORKS / 5);
    assertThat(whole).isGreaterThan(NETWORKS / 20);
  }

  /** Parts follow each other, and a layer in none has a reason. */
  private static void assertReasons(OverlayParts parts, IntegerNetwork network) {
    int next = 0;
    for (OverlayPart part : parts.parts()) {
      assertThat(part.first()).isEqualTo(next);
      for (int i = part.first(); i <= part.last(); i++) {
        assertThat(parts.reason(i).isPresent()).isEqualTo(part instanceof LayersPart);
        parts.reason(i).ifPresent(text -> assertThat(text).isNotBlank());
      }
      next = part.last() + 1;
    }
    assertThat(next).isEqualTo(network.layers().size());
    assertThat(parts.obstacles().isEmpty()).isEqualTo(parts.isWhole());
  }

  /** Every way to cut, tried. */
  private static PartCost least(IntegerNetwork network, OverlayTarget target, int from) {
    PartPlanner planner = new PartPlanner(network, any -> target);
    int layers = network.layers().size();
    if (from == layers) {
      return PartCost.NOTHING;
    }
    PartCost least = null;
    boolean first = true;
    for (int cut : network.graph().cuts()) {
      if (cut >= from) {
        List<OverlayPart> offers = new ArrayList<>();
        planner.plan(from, cut).program().ifPresent(offers::add);
        if (first) {
          offers.add(LayersPart.of(network, from, cut));
        }
        first = false;
        for (OverlayPart offer : offers) {
          PartCost cost = PartCost.of(offer).plus(least(network, target, cut + 1));
          least = least == null || cost.compareTo(least) < 0 ? cost : least;
        }
      }
    }
    return least;
  }

  @Test
  void noOtherCutsTakeFewerLaunches() {
    SplittableRandom random = Seed.random("fewest launches");
    int several = 0;
    for (int i = 0; i < NETWORKS / 2; i++) {
      RandomOverlayNetwork networks = new RandomOverlayNetwork(random.split());
      IntegerNetwork network = networks.ofManyLayers(2 + random.nextInt(5), 10);
      OverlayTarget target = small(random);
      OverlayParts parts = OverlayParts.of(network, target);
      PartCost found =
          parts.parts().stream().map(PartCost::of).reduce(PartCost.NOTHING, PartCost::plus);
      assertThat(found).as("%s on %s", network, target).isEqualTo(least(network, target, 0));
      assertThat(parts.launches()).isEqualTo(found.launches());
      several += parts.launches() > 1 ? 1 : 0;
    }
    assertThat(several).isGreaterThan(NETWORKS / 8);
  }

  @Test
  void layersOnTwoDevicesAreTwoPrograms() {
    SplittableRandom random = Seed.random("two devices");
    IntegerNetwork network = new RandomOverlayNetwork(random).ofChain(6);
    IntegerLayer third = network.layers().get(3);
    OverlayParts parts =
        OverlayParts.of(
            network,
            layers -> {
              if (layers.contains(third) && layers.size() > 1 && layers.get(0) != third) {
                throw new InvalidArgumentException("its layers are on two devices");
              }
              return OverlayTarget.DEFAULT;
            });
    assertThat(parts.parts()).hasSize(2).isEqualTo(parts.programs());
    assertThat(parts.parts().get(1).first()).isEqualTo(3);
    assertThat(parts.obstacles()).containsExactly("its layers are on two devices");
    assertThat(parts.launches()).isEqualTo(2);
    assertThat(parts.outside()).isEmpty();
  }

  @Test
  void batchesOfVectorsAreSharedEvenly() {
    SplittableRandom random = Seed.random("even batches");
    IntegerNetwork network = new RandomOverlayNetwork(random).ofChain(3);
    OverlayTarget target = new OverlayTarget("low", 20, 512, 512, 1, 64, 1, 64, 8);
    ProgramPart part = OverlayParts.of(network, target).programs().get(0);
    BatchPlans plans = part.plans();
    int most = plans.most(1000);
    assertThat(most).isBetween(2, 1000);
    for (int batch : new int[] {most, most + 1, 1}) {
      assertThat(plans.planFor(batch)).isSameAs(plans.planFor(batch));
      assertThat(plans.planFor(batch).images()).isEqualTo(part.planFor(batch).images());
    }
    assertThat(plans.planFor(most).images()).isEqualTo(most);
    assertThat(plans.planFor(most + 1).images()).isEqualTo((most + 2) / 2);
    assertThat(plans.planFor(1)).isSameAs(part.plan());
    assertThatThrownBy(() -> plans.planFor(0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("batch of 0");
  }
}
