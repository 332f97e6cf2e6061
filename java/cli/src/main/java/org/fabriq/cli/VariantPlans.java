// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.Set;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.InferencePlan;
import org.fabriq.plan.InferencePlan.Placement;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.runtime.Device;

/** Makes the plans of a model's variants: placed layers by the variant's kernel, others fp32. */
final class VariantPlans {
  private final QuantizedModel source;
  private final Set<Integer> layers;
  private final QuantizationOptions options;
  private final WorkloadOptions workload;
  private final Screen screen;
  private Calibration calibration;

  /**
   * Prepares.
   *
   * @param layers indices, from 0, of the placed layers
   * @param screen for bars
   */
  VariantPlans(
      QuantizedModel source,
      Set<Integer> layers,
      QuantizationOptions options,
      WorkloadOptions workload,
      Screen screen) {
    this.source = source;
    this.layers = layers;
    this.options = options;
    this.workload = workload;
    this.screen = screen;
  }

  Mlp model() {
    return source.model();
  }

  /** Indices, from 0, of the placed layers. */
  Set<Integer> layers() {
    return layers;
  }

  /** How the placed layers' weights are quantized, as a word for tables. */
  String scheme(Variant variant) {
    if (!variant.quantized()) {
      return "fp32";
    }
    return layers.stream().allMatch(i -> source.layers().get(i) != null)
        ? "as in file"
        : options.scheme(variant);
  }

  /**
   * Refuses images that do not fit the model, or are not there, before any is drawn or read.
   *
   * @param variants that are wanted
   */
  void check(List<Variant> variants) {
    workload.check(
        model().inputs(), model().outputs(), fitted(variants) ? options.calibration() : null);
  }

  /** Fits what the variants need fitted to training images, before anything is measured. */
  void fit(List<Variant> variants) {
    if (fitted(variants)) {
      calibration();
    }
  }

  private boolean fitted(List<Variant> variants) {
    return variants.stream().anyMatch(Variant::quantized)
        && layers.stream().anyMatch(i -> source.layers().get(i) == null);
  }

  /** A variant with its placed layers on {@code where} and the others on {@code cpu}. */
  InferencePlan plan(Variant variant, Device where, Device cpu, int batch) {
    return new InferencePlan(
        model(),
        i -> layers.contains(i) ? place(variant, i, where) : place(Variant.F32, i, cpu),
        batch);
  }

  private Placement place(Variant variant, int i, Device where) {
    DenseLayer layer = model().layers().get(i);
    boolean last = i == model().layers().size() - 1;
    LayerQuantization quantization = variant.quantized() ? quantize(variant, layer, i) : null;
    return new Placement(options.kernel(variant, layer, quantization, last), where);
  }

  private LayerQuantization quantize(Variant variant, DenseLayer layer, int i) {
    LayerQuantization stored = source.layers().get(i);
    return stored != null ? stored : options.quantize(variant, layer, i, calibration());
  }

  private Calibration calibration() {
    if (calibration == null) {
      calibration = workload.calibrate(model(), options.calibration(), screen);
    }
    return calibration;
  }
}
