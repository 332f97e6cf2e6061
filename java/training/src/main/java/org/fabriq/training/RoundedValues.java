// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;

/**
 * What fake quantization makes of values forward, without gradients: with v = x / S in double, q =
 * clamp(halfEven(v), n, p).
 *
 * @param v in double
 * @param q in double
 * @param inside 1 where {@code n <= v <= p}, else 0, in fp32
 */
record RoundedValues(NDArray v, NDArray q, NDArray inside) {
  /**
   * Rounds values.
   *
   * @param s the scales, fp32
   * @param n the least code less the zero point, double
   * @param p the greatest, likewise
   */
  static RoundedValues of(NDArray x, NDArray s, NDArray n, NDArray p) {
    NDArray v = wide(x.stopGradient()).div(wide(s));
    NDArray q = NDArrays.minimum(NDArrays.maximum(v.round(), n), p);
    return new RoundedValues(v, q, narrow(v.gte(n).logicalAnd(v.lte(p))));
  }

  /**
   * fl(q * S).
   *
   * @param slopes what has the gradients of the result; of any value
   */
  NDArray values(NDArray s, NDArray slopes) {
    return narrow(q).mul(s).add(slopes.sub(slopes.stopGradient()));
  }

  static NDArray wide(NDArray x) {
    return x.toType(DataType.FLOAT64, true);
  }

  static NDArray narrow(NDArray x) {
    return x.toType(DataType.FLOAT32, true);
  }
}
