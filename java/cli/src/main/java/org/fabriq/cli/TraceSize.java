// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.fabriq.kernel.KernelType;
import org.fabriq.measure.KernelCycles;
import org.fabriq.plan.Arithmetic;
import org.fabriq.runtime.Device;

/**
 * What the waveforms of a batch take, by the cycles of its calls. A cycle takes what each kernel
 * wrote for layer 2 of the shipped network and batches of 64 of synthetic digits; operands with
 * many zeros, as pixels are, take half of it.
 *
 * @param bytes in the file
 */
record TraceSize(KernelType kernel, double bytes) {
  /**
   * Of a batch of the variants that have a kernel, through the placed layers; without networks that
   * the device launches whole.
   */
  static List<TraceSize> ofBatch(
      Placements plans, Collection<Arithmetic> variants, Device device, int batch) {
    return variants.stream()
        .filter(arithmetic -> arithmetic != Arithmetic.F32)
        .filter(arithmetic -> !plans.launchesNetworks(arithmetic, device))
        .map(TraceSize::kernel)
        .distinct()
        .map(kernel -> ofBatch(plans, kernel, batch))
        .toList();
  }

  private static KernelType kernel(Arithmetic arithmetic) {
    return switch (arithmetic) {
      case F32, F32F32 -> KernelType.F32F32;
      case F32I8 -> KernelType.F32I8;
      case I8I8, INTEGER -> KernelType.I8I8;
    };
  }

  private static TraceSize ofBatch(Placements plans, KernelType kernel, int batch) {
    KernelCycles cycles = KernelCycles.Entered.ofZynq(kernel);
    double sum = 0;
    for (LayerWork work : LayerWork.of(plans.model())) {
      if (plans.layers().contains(work.name())) {
        sum += work.groups() * cycles.of(batch * work.rows(), work.inputs(), work.outputs());
      }
    }
    return new TraceSize(kernel, sum * bytesPerCycle(kernel));
  }

  private static double bytesPerCycle(KernelType kernel) {
    return switch (kernel) {
      case F32F32 -> 12_400;
      case F32I8 -> 9_000;
      case I8I8 -> 12_200;
    };
  }

  @Override
  public String toString() {
    double megabytes = bytes / 0x1p20;
    return (megabytes < 10 ? "%,.1f MB with %s" : "%,.0f MB with %s")
        .formatted(megabytes, kernel.name().toLowerCase(Locale.ROOT));
  }
}
