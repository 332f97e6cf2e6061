// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;

/** Makes the values that codes stand for of a tensor, with gradients that go through. */
@FunctionalInterface
interface FakeQuantizer {
  /** The values that the codes of x stand for. */
  NDArray apply(NDArray x, ParameterValues values);
}
