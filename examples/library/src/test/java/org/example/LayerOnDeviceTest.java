// SPDX-License-Identifier: Apache-2.0
package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerOnDeviceTest {
  private final SplittableRandom random = new SplittableRandom(6);

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu", "emulation"})
  void theLayerIsNearItsFp32(String address) {
    int batch = 3;
    int k = 65;
    int n = 7;
    Float32Tensor weights = tensor(n, k);
    Float32Tensor inputs = tensor(batch, k);
    Float32Tensor outputs = LayerOnDevice.multiply(address, weights, inputs);
    for (int row = 0; row < batch; row++) {
      for (int column = 0; column < n; column++) {
        double expected = 0;
        for (int i = 0; i < k; i++) {
          expected += inputs.get(row, i) * weights.get(column, i);
        }
        assertEquals(expected, outputs.get(row, column), 0.1);
      }
    }
  }

  private Float32Tensor tensor(int rows, int columns) {
    Float32Tensor tensor = Float32Tensor.allocate(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }
}
