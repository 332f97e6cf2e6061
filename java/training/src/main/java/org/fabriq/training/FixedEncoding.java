// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.fabriq.quant.Encoding;

/**
 * Fake quantization in an encoding that stays as it is, of a whole tensor. Forward it is what
 * {@link Encoding} computes, backward the gradient goes through where codes do not saturate; see
 * {@link LearnedEncoding}.
 */
record FixedEncoding(Encoding encoding) implements FakeQuantizer {
  @Override
  public NDArray apply(NDArray x, ParameterValues values) {
    float s = encoding.scale(0);
    int least = encoding.qmin() - encoding.zeroPoint(0);
    int greatest = encoding.qmax() - encoding.zeroPoint(0);
    NDArray v = x.stopGradient().toType(DataType.FLOAT64, true).div((double) s);
    NDArray inside = v.gte(least).logicalAnd(v.lte(greatest)).toType(DataType.FLOAT32, true);
    NDArray q = v.round().clip(least, greatest).toType(DataType.FLOAT32, true);
    NDArray linear = x.mul(inside);
    return q.mul(s).add(linear.sub(linear.stopGradient()));
  }
}
