// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.fabriq.integer.IntegerNetwork;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.overlay.ImagePacking;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.ResultPacking;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Allocated;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {
  private static final int CALLS = 2_000;

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void aRunOfANetworkAllocatesNothing(int chunks) {
    IntegerNetwork network = new RandomOverlayNetwork(Seed.random("AllocationTest")).ofVectors();
    try (Device device = Device.open("emulation")) {
      OverlayPlan plan = OverlayPlan.of(network, device.overlay().orElseThrow(), 4);
      OverlayProgram program = plan.program();
      PreparedNetwork prepared = device.prepare(program);
      Int8Tensor codes = Int8Tensor.allocate(network.input().tensorShape(4 * chunks));
      Int8Tensor images = Int8Tensor.allocate(chunks, program.imageBytes());
      Int8Tensor results = Int8Tensor.allocate(chunks, program.resultBytes());
      Tensor values = plan.resultPacking().allocate(4 * chunks);
      ImagePacking packing = plan.imagePacking();
      ResultPacking unpacking = plan.resultPacking();
      StageTimes times = new StageTimes();
      Runnable calls =
          () -> {
            for (int i = 0; i < CALLS; i++) {
              packing.pack(codes, images);
              prepared.run(images, results, times);
              unpacking.unpack(results, values);
            }
          };
      assertThat(Allocated.by(calls)).as("less than a byte per call").isLessThan(CALLS);
    }
  }

  @ParameterizedTest
  @CsvSource({"cpu, 4", "cpu, 200", "emulation, 4", "emulation, 200"})
  void aCallAllocatesNothing(String address, int rows) {
    try (Device device = Device.open(address)) {
      MatmulKernel integer = device.matmul(KernelType.I8I8);
      PreparedWeights w =
          integer.prepare(WeightsI8I8.raw(Int8Tensor.allocate(7, 5), 3, new int[5], new int[5]));
      Int8Tensor a = Int8Tensor.allocate(rows, 7);
      Int32Tensor c = Int32Tensor.allocate(rows, 5);
      MatmulKernel real = device.matmul(KernelType.F32F32);
      PreparedWeights wf = real.prepare(new WeightsF32F32(Float32Tensor.allocate(7, 5), null));
      Float32Tensor af = Float32Tensor.allocate(rows, 7);
      Float32Tensor cf = Float32Tensor.allocate(rows, 5);
      StageTimes times = new StageTimes();
      Runnable calls =
          () -> {
            for (int i = 0; i < CALLS; i++) {
              integer.multiply(a, w, c, times);
              real.multiply(af, wf, cf, times);
            }
          };
      assertThat(Allocated.by(calls)).as("less than a byte per call").isLessThan(CALLS);
    }
  }
}
