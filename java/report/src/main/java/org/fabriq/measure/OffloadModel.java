// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;

/**
 * What a dispatch to an FPGA costs: launch + bytes of A and C / transfer rate + kernel cycles /
 * clock. Weights are resident. Nothing overlaps, which is what one blocking call gets.
 *
 * @param kernel decides the bytes of an element: 1 for int8, 4 for fp32
 * @param launchMicros from the call until the kernel starts, and from its end until the host knows
 * @param gigabytesPerSecond between host memory and the kernel, 10^9 bytes
 * @param megahertz the kernel's clock
 * @param cycles of a call
 */
public record OffloadModel(
    KernelType kernel,
    double launchMicros,
    double gigabytesPerSecond,
    double megahertz,
    KernelCycles cycles) {
  /**
   * @throws InvalidArgumentException if a value is not positive and finite (launch may be 0)
   */
  public OffloadModel {
    Checks.from0("launch cost", launchMicros);
    Checks.above0("transfer rate", gigabytesPerSecond);
    Checks.above0("clock", megahertz);
  }

  /** Microseconds of one call of a K x N layer. */
  public double micros(int batch, int k, int n) {
    return networkMicros(batch, k, n);
  }

  /**
   * Microseconds of one launch that runs several layers on the fabric one after the other,
   * activations staying there.
   *
   * @param sizes inputs, outputs of each layer
   */
  public double networkMicros(int batch, int... sizes) {
    double clocks = 0;
    for (int i = 1; i < sizes.length; i++) {
      clocks += cycles.of(batch, sizes[i - 1], sizes[i]);
    }
    double bytes = (double) batch * bytesOfElement() * (sizes[0] + sizes[sizes.length - 1]);
    return launchMicros + bytes / (gigabytesPerSecond * 1000) + clocks / megahertz;
  }

  /** Whether the cycles of all layers are known. */
  boolean knows(int... sizes) {
    for (int i = 1; i < sizes.length; i++) {
      if (!cycles.knows(sizes[i - 1], sizes[i])) {
        return false;
      }
    }
    return true;
  }

  /** Of A and of C. */
  private int bytesOfElement() {
    return kernel == KernelType.I8I8 ? 1 : Float.BYTES;
  }

  @Override
  public String toString() {
    return "%s: launch %.1f us, %.2f GB/s, %.0f MHz, %s"
        .formatted(
            kernel.kernelName(), launchMicros, gigabytesPerSecond, megahertz, cycles.source());
  }
}
