// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

/** The arrays of parameters in a step. */
@FunctionalInterface
interface ParameterValues {
  NDArray of(Parameter parameter);
}
