// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.Network;
import org.fabriq.model.ShippedModel;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cycles of the shipped network for MNIST, 784-128-64-10, as the kernel reports them: with the
 * program held, one 64-bit port for images and 30 cycles of memory latency. Devices that do not
 * simulate say that they do not know.
 */
class NetworkCyclesContractTest {
  private static final long ONE_IMAGE = 400;
  private static final long EACH_OF_64 = 230;

  static Stream<String> devices() {
    return ContractDevices.withNetworks();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void theShippedNetworkTakesSoManyCycles(String address) {
    try (Device device = Device.open(address)) {
      StageTimes one = run(device, 1);
      StageTimes many = run(device, 64);
      if (ContractDevices.simulated(address)) {
        System.out.printf(
            "%s: %d cycles of one image, %.1f of each of 64%n",
            address, one.cycles(), many.cycles() / 64.0);
        assertThat(one.cycles()).isBetween(1L, ONE_IMAGE);
        assertThat(many.cycles()).isBetween(1L, 64 * EACH_OF_64);
        assertThat(Arrays.stream(StageTimes.Cycles.values()).skip(1).mapToLong(one::cycles).sum())
            .isBetween(1L, one.cycles());
        assertThat(one.cycles(StageTimes.Cycles.COMPUTING)).isPositive();
      } else {
        for (StageTimes.Cycles kind : StageTimes.Cycles.values()) {
          assertThat(one.cycles(kind)).as("%s", kind).isEqualTo(-1);
        }
      }
    }
  }

  /** The times of a run with the program held, whose results are compared. */
  private static StageTimes run(Device device, int images) {
    Network network = ShippedModel.MNIST.network();
    RandomNetwork random = new RandomNetwork(Seed.random("cycles"));
    Float32Tensor x = random.tensor(network.input().tensorShape(images));
    IntegerNetwork integers =
        RandomIntegerNetwork.of(
            network, x, "per-channel:symmetric:8", "affine:8", OutputScales.CALIBRATED);
    OverlayPlan plan = OverlayPlan.of(integers, device.overlay().orElseThrow(), images);
    Int8Tensor codes = integers.quantize(x);
    Int8Tensor packed = Int8Tensor.allocate(1, plan.program().imageBytes());
    Int8Tensor results = Int8Tensor.allocate(1, plan.program().resultBytes());
    Tensor found = plan.resultPacking().allocate(images);
    StageTimes times = new StageTimes();
    plan.imagePacking().pack(codes, packed);
    try (PreparedNetwork prepared = device.prepare(plan.program())) {
      for (int call = 0; call < 2; call++) {
        prepared.run(packed, results, times);
        plan.resultPacking().unpack(results, found);
        assertThat(found.mismatches(ReferenceNetwork.run(integers, codes))).isZero();
      }
    }
    return times;
  }
}
