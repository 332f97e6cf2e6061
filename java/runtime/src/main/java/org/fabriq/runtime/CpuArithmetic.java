// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.Optional;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
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

  /** The sizes of programs it runs; empty where it takes no whole networks. */
  default Optional<OverlayTarget> overlay() {
    return Optional.empty();
  }

  /** Makes a program ready; only where there is an {@link #overlay()}. */
  default Product prepare(OverlayProgram program) {
    throw new DeviceUnavailableException(
        "%s takes no whole networks; run it layer by layer, or on 'emulation'"
            .formatted(description()));
  }

  /** Frees what the library holds; products are released before. Called once. */
  default void close() {}

  /** Prepared weights, or a program. Any number of threads may multiply at a time. */
  interface Product {
    /**
     * C = A * B with the weights' epilogue, or the results C of a program for the images A, in the
     * calling thread; operands are checked before.
     */
    void multiply(Tensor a, Tensor c);

    /** Frees what it holds. Called once, with no multiplication going on. */
    default void release() {}
  }
}
