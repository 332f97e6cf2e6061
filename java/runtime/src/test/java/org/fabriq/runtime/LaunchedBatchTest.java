// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.plan.Launch;
import org.fabriq.plan.LayerTimes;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Allocated;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

/**
 * A batch is one launch, and allocates nothing; of several launches the next is submitted early.
 */
class LaunchedBatchTest {
  @Test
  void aRunIsOneLaunchAndAllocatesNothing() {
    SplittableRandom random = Seed.random("launches that allocate nothing");
    IntegerNetwork network = new RandomOverlayNetwork(random).ofChain(4);
    Int8Tensor images = RandomOverlayNetwork.images(random, network, 70);
    CountingNetworks counting = new CountingNetworks(false, false);
    int runs = 200;
    try (Device device = counting.device();
        NetworkPlan plan = NetworkPlan.on(network, device, 70)) {
      LayerTimes[] times = plan.newTimes();
      Runnable work =
          () -> {
            for (int i = 0; i < runs; i++) {
              plan.run(images, times);
            }
          };
      assertThat(Allocated.by(work)).isLessThan(runs);
      assertThat(counting.runs()).isPositive().isEqualTo(counting.runs() / runs * runs);
      assertThat(counting.submissions()).isZero();
    }
  }

  /** Samples of some 63 kB, of which some 260 are a launch. */
  private static IntegerNetwork ofLargeImages(SplittableRandom random) {
    RandomNetwork parts = new RandomNetwork(random);
    Window window = new Window(3, 3, 7, 7, 0, 0, 0, 0, 1, 1);
    Network network =
        new Network(
            SampleShape.image(8, 90, 90), List.of(parts.conv("conv", 8, 4, 1, window, true)));
    Float32Tensor x = parts.tensor(network.input().tensorShape(2));
    return RandomIntegerNetwork.of(
        network, x, "per-channel:symmetric:8", "affine:8", OutputScales.CALIBRATED);
  }

  @Test
  void theNextLaunchIsSubmittedWhileOneRuns() {
    SplittableRandom random = Seed.random("several launches");
    IntegerNetwork network = ofLargeImages(random);
    Int8Tensor images = RandomOverlayNetwork.images(random, network, 600);
    Tensor expected = ReferenceNetwork.run(network, images);
    CountingNetworks counting = new CountingNetworks(true, false);
    try (Device device = counting.device();
        NetworkPlan plan = NetworkPlan.on(network, device, 600)) {
      LayerTimes[] times = plan.newTimes();
      assertThat(plan.run(images, times).mismatches(expected)).isZero();
      assertThat(counting.submissions()).isEqualTo(3);
      assertThat(counting.runs()).isZero();
      assertThat(counting.most()).isEqualTo(2);
      assertThat(counting.going()).isZero();
      Tensor few = plan.run(images.rows(0, 200));
      assertThat(few.mismatches(expected.rows(0, 200))).isZero();
      assertThat(counting.runs()).isEqualTo(1);
    }
  }

  /** A word takes a cycle at least: of images of 7,569 words 66 are 500,000 cycles. */
  @Test
  void aLaunchIsShortWhereItIsSimulated() {
    SplittableRandom random = Seed.random("simulated launches");
    IntegerNetwork network = ofLargeImages(random);
    Int8Tensor images = RandomOverlayNetwork.images(random, network, 160);
    CountingNetworks counting = new CountingNetworks(true, true);
    try (Device device = counting.device();
        NetworkPlan plan = NetworkPlan.on(network, device, 160)) {
      Tensor expected = ReferenceNetwork.run(network, images);
      assertThat(plan.run(images).mismatches(expected)).isZero();
      assertThat(counting.submissions()).isEqualTo(3);
    }
  }

  @Test
  void wholeNetworksAreRefusedWithTheLayerAndTheReason() {
    SplittableRandom random = Seed.random("not whole");
    Network branches = new RandomNetwork(random).ofBranches();
    Float32Tensor x = new RandomNetwork(random).tensor(branches.input().tensorShape(2));
    IntegerNetwork network =
        RandomIntegerNetwork.of(
            branches, x, "per-channel:affine:8", "affine:8", OutputScales.CALIBRATED);
    try (Device reference = Device.open("reference");
        Device cpu = Device.open("cpu")) {
      assertThatThrownBy(() -> NetworkPlan.of(network, name -> reference, 2, Launch.NETWORK))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("zero point")
          .hasMessageContaining("launch layer by layer");
      assertThatThrownBy(() -> NetworkPlan.of(network, name -> cpu, 2, Launch.NETWORK))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("layer by layer");
      try (NetworkPlan plan = NetworkPlan.on(network, cpu, 2)) {
        assertThat(plan.parts()).isEmpty();
      }
    }
  }

  @Test
  void aNetworkOfNoLayersWithWeightsRunsOnTheHost() {
    SplittableRandom random = Seed.random("no weights");
    Network pool =
        new Network(
            SampleShape.image(8, 6, 6), List.of(new MaxPoolLayer("pool", Window.square(2, 2, 0))));
    Float32Tensor x = new RandomNetwork(random).tensor(pool.input().tensorShape(3));
    IntegerNetwork network =
        RandomIntegerNetwork.of(
            pool, x, "per-channel:symmetric:8", "affine:8", OutputScales.CALIBRATED);
    Int8Tensor images = RandomOverlayNetwork.images(random, network, 3);
    try (Device reference = Device.open("reference")) {
      for (Launch launch : Launch.values()) {
        try (NetworkPlan plan = NetworkPlan.of(network, name -> reference, 3, launch)) {
          assertThat(plan.run(images).mismatches(ReferenceNetwork.run(network, images))).isZero();
        }
      }
    }
  }
}
