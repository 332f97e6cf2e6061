// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.accumulator.Accumulator;
import org.fabriq.accumulator.Overflow;
import org.fabriq.accumulator.SumRange;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.ReferenceMatmul;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.model.Network;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccumulatorDeviceTest {
  private final RandomNetwork random = new RandomNetwork(Seed.random("AccumulatorDeviceTest"));

  @ParameterizedTest
  @EnumSource(Overflow.class)
  void wholeNetworksAreCountedExactlyAndChangedNarrowly(Overflow overflow) {
    Network network = random.ofEveryLayer();
    Float32Tensor x = random.tensor(3, network.input().size());
    IntegerNetwork integers =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    Int8Tensor codes = integers.quantize(x);
    Accumulator few = new Accumulator(8, overflow);
    try (AccumulatorDevice counting = AccumulatorDevice.counting(few);
        NetworkPlan plan = NetworkPlan.on(integers, counting.device(), 3)) {
      assertThat(plan.mismatches(codes)).isZero();
      assertThat(counting.count().wrong()).isPositive();
      SumRange possible = counting.possible(-128, 127);
      assertThat(possible.with(counting.count().seen())).isEqualTo(possible);
    }
    try (AccumulatorDevice narrow = AccumulatorDevice.narrow(few);
        NetworkPlan plan = NetworkPlan.on(integers, narrow.device(), 3)) {
      assertThat(plan.mismatches(codes)).isPositive();
    }
    try (AccumulatorDevice wide = AccumulatorDevice.narrow(new Accumulator(32, overflow));
        NetworkPlan plan = NetworkPlan.on(integers, wide.device(), 3)) {
      assertThat(plan.mismatches(codes)).isZero();
      assertThat(wide.count().left()).isZero();
      assertThat(wide.count().sums()).isPositive();
    }
  }

  /** Two products of 16,384 wrap to -32,768; counts of all calls are added. */
  @Test
  void callsAddUp() {
    Int8Tensor ends = Int8Tensor.of(new byte[] {-128, -128}, 2, 1);
    List<Integer> results = new ArrayList<>();
    try (AccumulatorDevice narrow = AccumulatorDevice.narrow(Accumulator.LAB);
        MatmulKernel kernel = narrow.device().matmul(KernelType.I8I8);
        PreparedWeights weights = kernel.prepare(WeightsI8I8.raw(ends, 0, null, null))) {
      for (byte value : new byte[] {-128, 127, -128}) {
        Int32Tensor c = Int32Tensor.allocate(1, 1);
        kernel.multiply(Int8Tensor.of(new byte[] {value, value}, 1, 2), weights, c);
        results.add(c.get(0));
      }
      assertThat(narrow.count().sums()).isEqualTo(3);
      assertThat(narrow.count().wrong()).isEqualTo(2);
      assertThat(narrow.count().seen()).isEqualTo(new SumRange(-32_512, 32_768));
      assertThat(narrow.possible(-128, 127)).isEqualTo(new SumRange(-32_512, 32_768));
    }
    assertThat(results).containsExactly(-32_768, -32_512, -32_768);
  }

  @Test
  void fp32IsExact() {
    Float32Tensor a = random.tensor(3, 7);
    WeightsF32F32 weights = new WeightsF32F32(random.tensor(7, 5), null);
    Float32Tensor c = Float32Tensor.allocate(3, 5);
    Float32Tensor expected = Float32Tensor.allocate(3, 5);
    ReferenceMatmul.multiply(a, weights, expected);
    try (AccumulatorDevice narrow = AccumulatorDevice.narrow(Accumulator.LAB);
        MatmulKernel kernel = narrow.device().matmul(KernelType.F32F32);
        PreparedWeights prepared = kernel.prepare(weights)) {
      kernel.multiply(a, prepared, c);
      assertThat(narrow.weights()).isEmpty();
    }
    assertThat(c.mismatches(expected)).isZero();
  }
}
