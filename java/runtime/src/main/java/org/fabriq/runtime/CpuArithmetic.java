// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.kernel.MatmulWeights;
import org.fabriq.tensor.Tensor;

/** A library that multiplies matrices on the CPU, opened. Safe for several threads. */
public interface CpuArithmetic {
  /** One line: library and version, the kernel it chose, threads. */
  String description();

  /**
   * Whether fp32 results are the definition's, bit for bit. Otherwise they lie within {@link
   * org.fabriq.kernel.SumOrderBound} of it. int8 results are always exact.
   */
  boolean exact();

  /** Packs weights into the form the library multiplies best with. */
  Product prepare(MatmulWeights weights);

  /** Frees what the library holds; products are released before. Called once. */
  default void close() {}

  /** Prepared weights. Any number of threads may multiply at a time. */
  interface Product {
    /** C = A * B with the weights' epilogue, in the calling thread; operands are checked before. */
    void multiply(Tensor a, Tensor c);

    /** Frees the weights. Called once, with no multiplication going on. */
    default void release() {}
  }
}
