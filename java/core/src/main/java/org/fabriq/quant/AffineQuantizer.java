// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/**
 * Asymmetric quantization of the range of the values, widened to hold 0: S = (max - min) / (qmax -
 * qmin), Z = clamp(halfEven(qmin - min / S)). S is evaluated in double and narrowed to fp32, Z is
 * evaluated in double from the narrowed S. Values that are all 0 give S = 1.
 *
 * <p>Source: M. Nagel et al., "A White Paper on Neural Network Quantization", 2021, section 2.2;
 * ONNX DynamicQuantizeLinear.
 *
 * @param bits 1 to 16
 */
public record AffineQuantizer(int bits, boolean signed) implements Quantizer {
  /**
   * @throws org.fabriq.InvalidArgumentException if bits is out of range
   */
  public AffineQuantizer {
    Encoding.checkBits(bits);
  }

  /** With signed codes. */
  public AffineQuantizer(int bits) {
    this(bits, true);
  }

  @Override
  public Encoding fit(Float32Tensor values) {
    ValueRange range = ValueRange.of(values);
    Encoding unit = Encoding.perTensor(bits, signed, 1, 0);
    int steps = unit.qmax() - unit.qmin();
    float scale = ValueRange.scale((double) range.max() - range.min(), steps);
    double zero = Math.rint(unit.qmin() - range.min() / (double) scale);
    int zeroPoint = (int) Math.max(unit.qmin(), Math.min(unit.qmax(), zero));
    return Encoding.perTensor(bits, signed, scale, zeroPoint);
  }

  @Override
  public String name() {
    return "affine:" + bits + (signed ? "" : ",unsigned");
  }
}
