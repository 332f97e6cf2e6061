// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Network;
import org.fabriq.plan.Launch;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer of an integer network has the bits of its definition, on every device. */
class NetworkContractTest {
  static Stream<String> devices() {
    return ContractDevices.all();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void everyLayerEqualsItsDefinition(String address) {
    RandomNetwork random = new RandomNetwork(Seed.random("NetworkContractTest"));
    try (Device device = Device.open(address)) {
      for (Network network : List.of(random.ofEveryLayer(), random.ofBranches())) {
        Float32Tensor x = random.tensor(3, network.input().size());
        for (String weights : new String[] {"per-channel:8", "affine:8", "per-channel:2"}) {
          IntegerNetwork integers =
              RandomIntegerNetwork.of(network, x, weights, "affine:8", OutputScales.CALIBRATED);
          Int8Tensor codes = integers.quantize(x);
          try (NetworkPlan plan = NetworkPlan.of(integers, layer -> device, 3, Launch.LAYER)) {
            assertThat(plan.mismatches(codes)).as("%s %s", network, weights).isZero();
            assertThat(plan.mismatches(codes.rows(1, 2))).as("%s %s", network, weights).isZero();
          }
        }
      }
    }
  }
}
