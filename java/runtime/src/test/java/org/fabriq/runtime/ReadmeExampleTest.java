// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.junit.jupiter.api.Test;

/** The example of README.md, as it stands there. */
class ReadmeExampleTest {
  private final SplittableRandom random = new SplittableRandom(31);

  @Test
  void theExampleComputesTheLayer() {
    int batch = 4;
    int n = 5;
    int k = 64;
    Float32Tensor layerWeights = tensor(n, k);
    Float32Tensor inputs = tensor(batch, k);
    Float32Tensor sampleInputs = inputs;
    try (Device device = Device.open("emulation");
        MatmulKernel kernel = device.matmul(KernelType.I8I8)) {
      Quantizer quantizer = new PerChannelQuantizer(new SymmetricQuantizer(8));
      QuantizedTensor w = quantizer.quantize(layerWeights);
      Encoding in = new SymmetricQuantizer(8).fit(sampleInputs);
      try (PreparedWeights weights = kernel.prepare(WeightsI8I8.rawOfLayer(w, in, null))) {
        Int32Tensor sums = Int32Tensor.allocate(batch, n);
        kernel.multiply(in.quantize(inputs), weights, sums);
        for (int row = 0; row < batch; row++) {
          for (int column = 0; column < n; column++) {
            double expected = 0;
            for (int i = 0; i < k; i++) {
              expected += inputs.get(row, i) * layerWeights.get(column, i);
            }
            double value =
                sums.get(row, column) * (double) in.scale(0) * w.encoding().scale(column);
            assertThat(value).isCloseTo(expected, within(0.1));
          }
        }
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
