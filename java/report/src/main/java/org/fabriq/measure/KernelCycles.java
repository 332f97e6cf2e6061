// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;

/** How many clock cycles a kernel takes, by the sizes of a call. Weights are resident. */
public interface KernelCycles {
  /**
   * Cycles of one call with M = {@code batch}.
   *
   * @throws InvalidArgumentException if nothing is known of such a layer
   */
  double of(int batch, int k, int n);

  /** Whether a layer's cycles are known. */
  boolean knows(int k, int n);

  /** Where the cycles come from, for people. */
  String source();

  /**
   * Entered: fixed + MACs / MACs per cycle.
   *
   * @param macsPerCycle multiply-adds the kernel does in a cycle
   * @param fixed what a call takes beyond that
   */
  record Entered(double macsPerCycle, long fixed) implements KernelCycles {
    /**
     * @throws InvalidArgumentException if a value is not positive and finite (fixed may be 0)
     */
    public Entered {
      Checks.above0("MACs per cycle", macsPerCycle);
      Checks.from0("fixed cycles", fixed);
    }

    /** Of a kernel in SystemVerilog in the configuration zynq: hls/rtl/README.md. */
    public static Entered ofZynq(KernelType kernel) {
      return kernel == KernelType.I8I8 ? new Entered(512, 98) : new Entered(64, 466);
    }

    @Override
    public double of(int batch, int k, int n) {
      return fixed + Math.ceil((double) batch * k * n / macsPerCycle);
    }

    @Override
    public boolean knows(int k, int n) {
      return true;
    }

    @Override
    public String source() {
      return "%.0f MACs per cycle and %,d fixed cycles".formatted(macsPerCycle, fixed);
    }
  }
}
