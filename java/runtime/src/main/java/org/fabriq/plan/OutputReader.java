// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.kernel.OutputType;
import org.fabriq.model.Activation;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/** Reads the integers that a kernel wrote as values. For use by one thread at a time. */
interface OutputReader {
  /** The reader for a kernel's outputs. */
  static OutputReader of(LayerKernel kernel, Activation activation) {
    return kernel.groups().get(0).output() == OutputType.INT8
        ? new OutputTable(kernel.outputScales()[0], kernel.outputZero(), activation)
        : new AccumulatorReader(kernel.outputScales(), kernel.outputZero());
  }

  /** Writes the values of all integers to {@code out}, of the same size. */
  void read(Tensor in, Float32Tensor out);

  /** Whether values come with the activation function applied. */
  boolean activates();
}
