// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;

/**
 * What a dispatch to an FPGA costs: launch + bytes of A and C / transfer rate + kernel cycles /
 * clock, with cycles = fixed + MACs / MACs per cycle. Weights are resident. Nothing overlaps, which
 * is what one blocking call gets.
 *
 * @param kernel decides the bytes of an element: 1 for int8, 4 for fp32
 * @param launchMicros from the call until the kernel starts, and from its end until the host knows
 * @param gigabytesPerSecond between host memory and the kernel, 10^9 bytes
 * @param megahertz the kernel's clock
 * @param macsPerCycle multiply-adds the kernel does in a cycle
 * @param fixedCycles what a call takes beyond that
 */
public record OffloadModel(
    KernelType kernel,
    double launchMicros,
    double gigabytesPerSecond,
    double megahertz,
    double macsPerCycle,
    long fixedCycles) {
  /**
   * @throws InvalidArgumentException if a value is not positive and finite (launch and fixed cycles
   *     may be 0)
   */
  public OffloadModel {
    require("launch cost", launchMicros, true);
    require("transfer rate", gigabytesPerSecond, false);
    require("clock", megahertz, false);
    require("MACs per cycle", macsPerCycle, false);
    require("fixed cycles", fixedCycles, true);
  }

  private static void require(String what, double value, boolean zero) {
    if (!(value > 0 || (zero && value == 0)) || Double.isInfinite(value)) {
      throw new InvalidArgumentException(
          "%s is %s; it must be %s and finite"
              .formatted(what, value, zero ? "0 or above" : "above 0"));
    }
  }

  /** Microseconds of one call of a K x N layer. */
  public double micros(int batch, int k, int n) {
    double macs = (double) batch * k * n;
    return micros(batch * (bytesOfA() * k + bytesOfC() * n), macs);
  }

  /**
   * Microseconds of one call that runs several layers on the fabric, activations staying there.
   *
   * @param sizes inputs, outputs of each layer
   */
  public double networkMicros(int batch, int... sizes) {
    double macs = 0;
    for (int i = 1; i < sizes.length; i++) {
      macs += (double) batch * sizes[i - 1] * sizes[i];
    }
    int last = sizes[sizes.length - 1];
    return micros((double) batch * (bytesOfA() * sizes[0] + bytesOfC() * last), macs);
  }

  private double micros(double bytes, double macs) {
    double transfer = bytes / (gigabytesPerSecond * 1000);
    return launchMicros + transfer + (fixedCycles + Math.ceil(macs / macsPerCycle)) / megahertz;
  }

  private double bytesOfA() {
    return kernel == KernelType.I8I8 ? 1 : Float.BYTES;
  }

  private double bytesOfC() {
    return kernel == KernelType.I8I8 ? 1 : Float.BYTES;
  }
}
