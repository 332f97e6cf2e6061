// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

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
public record AffineQuantizer(int bits, boolean signed) implements RangeQuantizer {
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
  public float scale(ValueRange range) {
    Encoding unit = Encoding.perTensor(bits, signed, 1, 0);
    return ValueRange.scale((double) range.max() - range.min(), unit.qmax() - unit.qmin());
  }

  @Override
  public Encoding encode(ValueRange range, float scale) {
    Encoding unit = Encoding.perTensor(bits, signed, 1, 0);
    double zero = Math.rint(unit.qmin() - range.min() / (double) scale);
    int zeroPoint = (int) Math.max(unit.qmin(), Math.min(unit.qmax(), zero));
    return Encoding.perTensor(bits, signed, scale, zeroPoint);
  }

  @Override
  public boolean symmetric() {
    return false;
  }

  @Override
  public String name() {
    return "affine:" + bits + (signed ? "" : ",unsigned");
  }
}
