// SPDX-License-Identifier: Apache-2.0
package org.example;

import java.util.Locale;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.MatmulKernel;
import org.fabriq.runtime.PreparedWeights;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;

/** Multiplies two inputs by a layer of three neurons in int8, on the device that is named. */
public final class LayerOnDevice {
  private LayerOnDevice() {}

  /** Prints what the layer gives; the argument is a device, by default {@code emulation}. */
  public static void main(String[] arguments) {
    float[] neurons = {1, -0.5f, 0.25f, 0, 2, 4, -1, -1, -1};
    Float32Tensor outputs =
        multiply(
            arguments.length == 0 ? "emulation" : arguments[0],
            Float32Tensor.of(neurons, 3, 3),
            Float32Tensor.of(new float[] {1, 2, 3, -1, 0, 0.5f}, 2, 3));
    for (int row = 0; row < outputs.rows(); row++) {
      for (int column = 0; column < outputs.columns(); column++) {
        System.out.printf(Locale.ROOT, "%8.3f", outputs.get(row, column));
      }
      System.out.println();
    }
  }

  /**
   * Quantizes both sides, multiplies on the device, and scales back.
   *
   * @param layerWeights N x K
   * @param inputs M x K
   * @return M x N
   */
  static Float32Tensor multiply(String address, Float32Tensor layerWeights, Float32Tensor inputs) {
    try (Device device = Device.open(address);
        MatmulKernel kernel = device.matmul(KernelType.I8I8)) {
      Quantizer quantizer = new PerChannelQuantizer(new SymmetricQuantizer(8));
      QuantizedTensor w = quantizer.quantize(layerWeights);
      Encoding in = new SymmetricQuantizer(8).fit(inputs);
      try (PreparedWeights weights = kernel.prepare(WeightsI8I8.rawOfLayer(w, in, null))) {
        Int32Tensor sums = Int32Tensor.allocate(inputs.rows(), layerWeights.rows());
        kernel.multiply(in.quantize(inputs), weights, sums);
        return rescaled(sums, in, w.encoding());
      }
    }
  }

  private static Float32Tensor rescaled(Int32Tensor sums, Encoding in, Encoding weights) {
    Float32Tensor values = Float32Tensor.allocate(sums.rows(), sums.columns());
    for (int i = 0; i < sums.size(); i++) {
      values.set(i, sums.get(i) * in.scale(0) * weights.scale(i % sums.columns()));
    }
    return values;
  }
}
