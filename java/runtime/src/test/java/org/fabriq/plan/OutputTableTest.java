// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.fabriq.model.Activation;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutputTableTest {
  @ParameterizedTest
  @EnumSource
  void codesAreDequantizedAndActivated(Activation activation) {
    SplittableRandom random = new SplittableRandom(7);
    for (int size : new int[] {1, 256, 511, 512, 513, 1300}) {
      int zero = random.nextInt(-128, 128);
      float scale = (float) random.nextDouble(1e-3, 2);
      Int8Tensor codes = Int8Tensor.allocate(size);
      for (int i = 0; i < size; i++) {
        codes.set(i, (byte) (i - 128));
      }
      Float32Tensor expected = Encoding.perTensor(8, true, scale, zero).dequantize(codes);
      activation.apply(expected);
      Float32Tensor values = Float32Tensor.allocate(size);
      new OutputTable(scale, zero, activation).read(codes, values);
      assertThat(values.toArray()).as("seed 7, size %d", size).isEqualTo(expected.toArray());
    }
  }
}
