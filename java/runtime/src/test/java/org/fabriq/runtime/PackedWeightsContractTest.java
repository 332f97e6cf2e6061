// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.CodeWidth;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsF32I8;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of 4 and 2 bits on every device: the bits of C are those of the same codes in 8. */
class PackedWeightsContractTest {
  private static final int[][] SHAPES = {
    {1, 1, 1}, {3, 1, 7}, {5, 13, 3}, {17, 65, 129}, {4, 300, 511}
  };

  static Stream<String> devices() {
    return ContractDevices.all();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void packedWeightsGiveTheBitsOfUnpackedOnes(String address) {
    SplittableRandom random = Seed.random("packed weights");
    try (Device device = Device.open(address)) {
      for (int[] shape : SHAPES) {
        for (CodeWidth width : new CodeWidth[] {CodeWidth.INT4, CodeWidth.INT2}) {
          Int8Tensor b = codes(random, shape[1], shape[2], width);
          int[] zeros = random.ints(shape[2], width.least(), width.greatest() + 1).toArray();
          Int8Tensor bytes = codes(random, shape[0], shape[1], CodeWidth.INT8);
          assertEqual(
              device,
              bytes,
              WeightsI8I8.raw(b, width, -3, zeros, null),
              WeightsI8I8.raw(b, -3, zeros, null));
          Float32Tensor floats = Float32Tensor.allocate(shape[0], shape[1]);
          IntStream.range(0, floats.size())
              .forEach(i -> floats.set(i, (float) random.nextDouble(-9, 9)));
          float[] scale = new float[shape[2]];
          Arrays.fill(scale, 0.3f);
          assertEqual(
              device,
              floats,
              new WeightsF32I8(b, width, scale, zeros, null),
              new WeightsF32I8(b, scale, zeros, null));
        }
      }
    }
  }

  private static void assertEqual(
      Device device, Tensor a, MatmulWeights packed, MatmulWeights wide) {
    MatmulKernel kernel = device.matmul(packed.type());
    Tensor expected = Tensor.allocate(packed.output().type(), a.rows(), packed.n());
    Tensor c = Tensor.allocate(packed.output().type(), a.rows(), packed.n());
    try (PreparedWeights first = kernel.prepare(wide);
        PreparedWeights second = kernel.prepare(packed)) {
      kernel.multiply(a, first, expected);
      kernel.multiply(a, second, c);
      assertThat(c.mismatches(expected)).as("%s x %s", a, packed.b()).isZero();
      kernel.multiply(a, first, c);
      assertThat(c.mismatches(expected)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void packedWeightsTakeAHalfAndAQuarterOnTheDevice(String address) {
    boolean java = address.equals("reference") || address.equals("cpu");
    Int8Tensor b = Int8Tensor.allocate(9, 512);
    try (Device device = Device.open(address)) {
      for (CodeWidth width : CodeWidth.values()) {
        try (PreparedWeights weights =
            device.matmul(KernelType.I8I8).prepare(WeightsI8I8.raw(b, width, 0, null, null))) {
          assertThat(weights.bytesOfB()).isEqualTo(java ? -1 : 9 * 64 * width.bits());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void codesOutsideTheWidthReachNoDevice(String address) {
    Int8Tensor b = Int8Tensor.of(new byte[] {7, -8, 1, 8}, 2, 2);
    try (Device device = Device.open(address)) {
      MatmulKernel kernel = device.matmul(KernelType.I8I8);
      assertThatThrownBy(() -> kernel.prepare(WeightsI8I8.raw(b, CodeWidth.INT4, 0, null, null)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("code 8 at (1, 1)")
          .hasMessageContaining("-8 to 7")
          .hasMessageContaining("quantize to 4 bits or use 8");
      kernel.prepare(WeightsI8I8.raw(b, 0, null, null)).close();
    }
  }

  /** Random codes after the least and the greatest. */
  private static Int8Tensor codes(SplittableRandom random, int rows, int columns, CodeWidth width) {
    Int8Tensor codes = Int8Tensor.allocate(rows, columns);
    codes.set(0, (byte) width.least());
    for (int i = 1; i < codes.size(); i++) {
      codes.set(
          i,
          (byte) (i == 1 ? width.greatest() : random.nextInt(width.least(), width.greatest() + 1)));
    }
    return codes;
  }
}
