// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.MatmulWeights;

/** {@code cpu:java}: {@link JavaMatmul}, which the JIT compiler vectorizes. Always there. */
public final class JavaCpuLibrary implements CpuLibrary {
  /**
   * The device to open where the CPU is not what is measured: it is exact, and unlike {@code cpu}
   * it loads no native library and holds no trials, for which 100 MiB and half a second go.
   */
  public static final String ADDRESS = "cpu:java";

  @Override
  public String name() {
    return "java";
  }

  @Override
  public String summary() {
    return "portable Java that the JIT compiler vectorizes; exact";
  }

  @Override
  public boolean multithreaded() {
    return false;
  }

  @Override
  public CpuArithmetic open(int threads) {
    return new CpuArithmetic() {
      @Override
      public String description() {
        return "FabriQ portable Java kernels, Java %s, 1 thread".formatted(Runtime.version());
      }

      @Override
      public boolean exact() {
        return true;
      }

      @Override
      public Product prepare(MatmulWeights weights) {
        return new JavaMatmul(weights)::multiply;
      }
    };
  }
}
