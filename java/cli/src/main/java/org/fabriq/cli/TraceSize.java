// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.fabriq.kernel.KernelType;
import org.fabriq.measure.KernelCycles;
import org.fabriq.model.DenseLayer;

/**
 * What the waveforms of a batch take, by the cycles of its calls. A cycle takes what each kernel
 * wrote for layer 2 of the shipped network and batches of 64 of synthetic digits; operands with
 * many zeros, as pixels are, take half of it.
 *
 * @param bytes in the file
 */
record TraceSize(KernelType kernel, double bytes) {
  /** Of a batch of the variants that have a kernel, through the placed layers. */
  static List<TraceSize> ofBatch(VariantPlans plans, Collection<Variant> variants, int batch) {
    return variants.stream()
        .filter(variant -> variant != Variant.F32)
        .distinct()
        .map(variant -> ofBatch(plans, KernelType.valueOf(variant.name()), batch))
        .toList();
  }

  private static TraceSize ofBatch(VariantPlans plans, KernelType kernel, int batch) {
    KernelCycles cycles = KernelCycles.Entered.ofZynq(kernel);
    double sum = 0;
    for (int i : plans.layers()) {
      DenseLayer layer = plans.model().layers().get(i);
      sum += cycles.of(batch, layer.inputs(), layer.outputs());
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
