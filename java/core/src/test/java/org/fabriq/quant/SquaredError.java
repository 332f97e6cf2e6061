// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/** Errors and SQNR of tensors, summed in double. */
final class SquaredError {
  private SquaredError() {}

  static double mean(Float32Tensor values, Float32Tensor approximation) {
    double sum = 0;
    for (int i = 0; i < values.size(); i++) {
      double error = (double) values.get(i) - approximation.get(i);
      sum += error * error;
    }
    return sum / values.size();
  }

  static double mean(Float32Tensor values, Encoding encoding) {
    return mean(values, encoding.dequantize(encoding.quantize(values)));
  }

  static double sqnrInDecibels(Float32Tensor values, Encoding encoding) {
    double power = mean(values, Float32Tensor.allocate(values.shape()));
    return 10 * Math.log10(power / mean(values, encoding));
  }
}
