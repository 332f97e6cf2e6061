// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/** Fills a new tensor of int8 or int32 in the order of its memory. */
final class IntegerOutputs {
  private final Int8Tensor codes;
  private final Int32Tensor accumulators;
  private int filled;

  IntegerOutputs(boolean int32, int... shape) {
    codes = int32 ? null : Int8Tensor.allocate(shape);
    accumulators = int32 ? Int32Tensor.allocate(shape) : null;
  }

  void add(int value) {
    if (codes == null) {
      accumulators.set(filled++, value);
    } else {
      codes.set(filled++, (byte) value);
    }
  }

  Tensor tensor() {
    return codes == null ? accumulators : codes;
  }
}
