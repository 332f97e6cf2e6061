// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Requantization;

/**
 * How {@link KernelType#I8I8} makes int8 of its accumulators: clamp(halfEven(acc * M) + zeroPoint,
 * qmin, qmax).
 *
 * @param multipliers M, one per column
 * @param zeroPoint of C, -128 to 127
 * @param qmin the least code of C, from -128 on
 * @param qmax the greatest code of C, up to 127
 */
public record Int8Output(List<Requantization> multipliers, int zeroPoint, int qmin, int qmax) {
  /**
   * @throws InvalidArgumentException if a value is out of its range
   */
  public Int8Output {
    multipliers = List.copyOf(multipliers);
    ColumnParameters.checkInt8("zero point of C", zeroPoint);
    if (qmin < -128 || qmin > qmax || qmax > 127) {
      throw new InvalidArgumentException(
          "clamp [%d, %d]; it must lie within [-128, 127], least first".formatted(qmin, qmax));
    }
  }
}
