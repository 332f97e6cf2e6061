// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.Network;
import org.fabriq.model.ShippedModel;
import org.fabriq.plan.Launch;
import org.fabriq.plan.LayerTimes;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans that launch whole networks, or parts of them, have the bits of their definition. */
class LaunchContractTest {
  private static final int NETWORKS = 20;
  private static final int SIMULATED_NETWORKS = 6;
  private static final long SIMULATED_CYCLES = 3_000;

  static Stream<String> devices() {
    return ContractDevices.withNetworks();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void networksInPartsEqualTheirDefinition(String address) {
    SplittableRandom random = Seed.random("launched networks");
    boolean simulated = ContractDevices.simulated(address);
    int programs = 0;
    try (Device device = Device.open(address)) {
      for (int i = 0; i < (simulated ? SIMULATED_NETWORKS : NETWORKS); i++) {
        RandomOverlayNetwork networks = new RandomOverlayNetwork(random.split());
        IntegerNetwork network =
            i % 3 == 0
                ? networks.ofVectors()
                : networks.ofManyLayers(2 + i % 8, i % 2 == 0 ? 0 : 15);
        Int8Tensor images = RandomOverlayNetwork.images(random, network, 5);
        try (NetworkPlan plan = NetworkPlan.on(network, device, 5)) {
          if (!simulated || cycles(plan) < SIMULATED_CYCLES) {
            programs += plan.parts().orElseThrow().programs().isEmpty() ? 0 : 1;
            assertEqual(plan, network, images);
          }
        }
      }
    }
    assertThat(programs).isPositive();
  }

  private static long cycles(NetworkPlan plan) {
    return plan.parts().orElseThrow().programs().stream()
        .mapToLong(program -> program.plan().cycles().alone())
        .sum();
  }

  /** Any number of samples up to the batch, and again. */
  private static void assertEqual(NetworkPlan plan, IntegerNetwork network, Int8Tensor images) {
    Tensor expected = ReferenceNetwork.run(network, images);
    int all = images.dimension(0);
    for (int samples : new int[] {all, 1, (all + 1) / 2, all}) {
      Tensor out = plan.run(images.rows(0, samples));
      assertThat(out.mismatches(expected.rows(0, samples))).as("%s", network).isZero();
    }
    assertThat(plan.mismatches(images)).as("%s", network).isZero();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void shippedNetworksAreOneLaunch(String address) {
    SplittableRandom random = Seed.random("shipped networks");
    boolean simulated = ContractDevices.simulated(address);
    try (Device device = Device.open(address)) {
      for (ShippedModel model : List.of(ShippedModel.DIGITS, ShippedModel.MNIST_CNN)) {
        boolean slow = simulated || address.equals("reference");
        int batch = slow || model == ShippedModel.MNIST_CNN ? 3 : 70;
        Network network = model.network();
        Float32Tensor x = new RandomNetwork(random).tensor(network.input().tensorShape(batch));
        IntegerNetwork integers =
            RandomIntegerNetwork.of(
                network, x, "per-channel:symmetric:8", "affine:8", OutputScales.CALIBRATED);
        try (NetworkPlan plan = NetworkPlan.of(integers, layer -> device, batch, Launch.NETWORK)) {
          assertThat(plan.parts().orElseThrow().isWhole()).isTrue();
          assertThat(plan.steps()).hasSize(1);
          assertThat(plan.layers(0)).hasSize(integers.layers().size());
          assertEqual(plan, integers, integers.quantize(x));
          LayerTimes[] times = plan.newTimes();
          plan.run(integers.quantize(x), times);
          assertThat(times[0].totalNanos()).isPositive();
          assertThat(times[0].stages().nanos(DeviceStage.TOTAL)).isPositive();
          assertThat(plan.weightBytes(Set.of(integers.weightedLayers().get(1))))
              .isGreaterThan(8192);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aNetworkOfTooManyLayersIsTwoLaunches(String address) {
    SplittableRandom random = Seed.random("too many layers");
    IntegerNetwork network = new RandomOverlayNetwork(random).ofChain(70);
    Int8Tensor images = RandomOverlayNetwork.images(random, network, 3);
    try (Device device = Device.open(address);
        NetworkPlan plan = NetworkPlan.of(network, layer -> device, 3, Launch.NETWORK)) {
      assertThat(plan.steps()).hasSize(2);
      assertThat(plan.parts().orElseThrow().launches()).isEqualTo(2);
      assertEqual(plan, network, images);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void layersOnAnotherDeviceAreNotLaunchedWithOthers(String address) {
    SplittableRandom random = Seed.random("two devices");
    IntegerNetwork network = new RandomOverlayNetwork(random).ofChain(6);
    Int8Tensor images = RandomOverlayNetwork.images(random, network, 4);
    String apart = network.weightedLayers().get(2);
    try (Device device = Device.open(address);
        Device cpu = Device.open("cpu");
        NetworkPlan plan = NetworkPlan.of(network, name -> name.equals(apart) ? cpu : device, 4)) {
      assertThat(plan.steps()).containsExactly("dense0..dense1", "dense2", "dense3..dense5");
      assertThat(plan.parts().orElseThrow().reason(2)).contains("cpu takes no whole networks");
      assertEqual(plan, network, images);
      assertThatThrownBy(
              () ->
                  NetworkPlan.of(
                      network, name -> name.equals(apart) ? cpu : device, 4, Launch.NETWORK))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("layer dense2")
          .hasMessageContaining("cpu takes no whole networks");
    }
  }

  /** Each of two instances has layers of its own. */
  @ParameterizedTest
  @MethodSource("devices")
  void aNetworkOnTwoDevicesIsTwoPrograms(String address) {
    assumeTrue(
        address.equals("reference") || address.startsWith("emulation"),
        "skipped: %s has one process".formatted(address));
    SplittableRandom random = Seed.random("two devices with networks");
    IntegerNetwork network = new RandomOverlayNetwork(random).ofChain(6);
    Int8Tensor images = RandomOverlayNetwork.images(random, network, 4);
    List<String> first = network.weightedLayers().subList(0, 3);
    try (Device one = Device.open(address);
        Device other = Device.open(address);
        NetworkPlan plan =
            NetworkPlan.of(
                network, name -> first.contains(name) ? one : other, 4, Launch.NETWORK)) {
      assertThat(plan.steps()).containsExactly("dense0..dense2", "dense3..dense5");
      assertEqual(plan, network, images);
    }
  }
}
