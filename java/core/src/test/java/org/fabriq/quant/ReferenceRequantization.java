// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** The definition of {@link Requantization}, in decimal numbers of any length. */
final class ReferenceRequantization {
  private ReferenceRequantization() {}

  static long halfEven(int acc, Requantization multiplier) {
    BigDecimal product =
        BigDecimal.valueOf(acc).multiply(BigDecimal.valueOf(multiplier.significand()));
    BigDecimal power = new BigDecimal(BigInteger.TWO.pow(multiplier.shift()));
    return product.divide(power, 0, RoundingMode.HALF_EVEN).longValueExact();
  }

  static int requantize(int acc, Requantization multiplier, int zeroPoint, int qmin, int qmax) {
    BigInteger code = BigInteger.valueOf(halfEven(acc, multiplier) + zeroPoint);
    return code.max(BigInteger.valueOf(qmin)).min(BigInteger.valueOf(qmax)).intValueExact();
  }
}
