// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.fabriq.quant.Encoding;

/**
 * Fake quantization in an encoding that stays as it is, of a whole tensor. Forward it is what
 * {@link Encoding} computes, backward the gradient goes through where codes do not saturate; see
 * {@link LearnedEncoding}.
 */
record FixedEncoding(Encoding encoding) implements FakeQuantizer {
  @Override
  public NDArray apply(NDArray x, ParameterValues values) {
    NDManager manager = x.getManager();
    int zero = encoding.zeroPoint(0);
    NDArray s = manager.create(encoding.scale(0));
    NDArray n = manager.create((double) encoding.qmin() - zero);
    NDArray p = manager.create((double) encoding.qmax() - zero);
    RoundedValues rounded = RoundedValues.of(x, s, n, p);
    return rounded.values(s, x.mul(rounded.inside()));
  }
}
