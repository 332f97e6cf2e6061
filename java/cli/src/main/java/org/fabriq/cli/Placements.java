// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Calibration;
import org.fabriq.model.Model;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.Launch;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.plan.Placement;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.runtime.Device;

/**
 * Makes the plans of a model's arithmetics: offloaded layers by their kernel, the others on the
 * CPU, in fp32 but for {@link Arithmetic#INTEGER}.
 */
final class Placements {
  private final Model model;
  private final QuantizedNetwork source;
  private final Set<String> layers;
  private final Launch launch;
  private final QuantizationOptions options;
  private final WorkloadOptions workload;
  private final Screen screen;
  private Calibration calibration;
  private IntegerNetwork integers;

  /**
   * Prepares.
   *
   * @param layers names of the offloaded layers
   * @param launch how those of integer networks are launched; null for the best way
   * @param screen for bars
   */
  Placements(
      Model model,
      Set<String> layers,
      Launch launch,
      QuantizationOptions options,
      WorkloadOptions workload,
      Screen screen) {
    this.model = model;
    this.integers = model instanceof IntegerNetwork given ? given : null;
    this.source = integers == null ? folded(WorkloadOptions.network(model)) : null;
    this.layers = layers;
    this.launch = launch;
    this.options = options;
    this.workload = workload;
    this.screen = screen;
  }

  /** The same with normalization folded, as plans take it; a network with codes has none. */
  private static QuantizedNetwork folded(QuantizedNetwork network) {
    return network.weights().isEmpty()
        ? QuantizedNetwork.unquantized(BatchNormFolding.fold(network.network()))
        : network;
  }

  Model model() {
    return model;
  }

  /** The names of the offloaded layers. */
  Set<String> layers() {
    return layers;
  }

  /** The first arithmetic of a comparison: fp32, or that of integers where there is no fp32. */
  Arithmetic baseline() {
    return source == null ? Arithmetic.INTEGER : Arithmetic.F32;
  }

  /** How the offloaded layers' weights are quantized, as a word for tables. */
  String scheme(Arithmetic arithmetic) {
    if (!arithmetic.quantized()) {
      return "fp32";
    }
    return quantizes(arithmetic) ? options.scheme(arithmetic) : "as in file";
  }

  /** What the model is called in errors. */
  String modelName() {
    return workload.modelName();
  }

  /** Whether an arithmetic has weights to quantize, since the file has no codes of them. */
  boolean quantizes(Arithmetic arithmetic) {
    return arithmetic.quantized()
        && source != null
        && !source.weights().keySet().containsAll(placed(arithmetic));
  }

  /** Whether an arithmetic has encodings of activations to fit, since the file has none. */
  boolean fits(Arithmetic arithmetic) {
    return source != null
        && (arithmetic == Arithmetic.INTEGER
            || arithmetic == Arithmetic.I8I8 && quantizes(arithmetic));
  }

  /** The layers whose weights are codes in an arithmetic with codes. */
  private Collection<String> placed(Arithmetic arithmetic) {
    return arithmetic == Arithmetic.INTEGER ? source.network().weightedLayers() : layers;
  }

  /**
   * Refuses images that do not fit the model, or are not there, before any is drawn or read.
   *
   * @param arithmetics that are wanted
   * @throws InvalidArgumentException also if the model is integers alone, and other arithmetics are
   *     wanted
   */
  void check(List<Arithmetic> arithmetics) {
    for (Arithmetic arithmetic : arithmetics) {
      if (source == null && arithmetic != Arithmetic.INTEGER) {
        throw new InvalidArgumentException(
            ("%s holds an integer network, which has no weights in fp32 any more, so it cannot run"
                    + " in %s; give integer, or the network it was made of")
                .formatted(workload.modelName(), arithmetic.label()));
      }
    }
    if (arithmetics.contains(Arithmetic.I8I8) && lacksEncodings()) {
      throw new InvalidArgumentException(
          "%s holds codes of weights without encodings of activations, so it cannot run in i8i8;"
                  .formatted(workload.modelName())
              + " give f32i8, or quantize the network again");
    }
    if (source != null) {
      arithmetics.stream().filter(Arithmetic::quantized).forEach(this::checkWeights);
    }
    workload.check(
        model.input(), model.output().size(), fitted(arithmetics) ? options.calibration() : null);
  }

  private boolean lacksEncodings() {
    return !layers.isEmpty() && !fits(Arithmetic.I8I8) && source.encodings().isEmpty();
  }

  private void checkWeights(Arithmetic arithmetic) {
    Network network = source.network();
    List<String> open = new ArrayList<>(network.weightedLayers());
    open.removeIf(name -> arithmetic != Arithmetic.INTEGER && !layers.contains(name));
    for (String name : open) {
      if (source.weights().containsKey(name)) {
        SchemeTrial.check(name, source.weights().get(name), arithmetic);
      }
    }
    open.removeAll(source.weights().keySet());
    SchemeTrial.check(options.quantizer(arithmetic), arithmetic, network, open);
  }

  /** Fits what the arithmetics need fitted to training images, before anything is measured. */
  void fit(List<Arithmetic> arithmetics) {
    if (fitted(arithmetics)) {
      calibration();
    }
  }

  private boolean fitted(List<Arithmetic> arithmetics) {
    return arithmetics.stream().anyMatch(this::fits);
  }

  /**
   * A plan with its offloaded layers on {@code where} and the others on {@code cpu}.
   *
   * @throws InvalidArgumentException if an integer network cannot be launched as it was asked for
   */
  NetworkPlan plan(Arithmetic arithmetic, Device where, Device cpu, int batch) {
    if (arithmetic == Arithmetic.INTEGER) {
      Placement<Device> place = name -> layers.contains(name) ? where : cpu;
      return launch == null
          ? NetworkPlan.of(integers(), place, batch)
          : NetworkPlan.of(integers(), place, batch, launch);
    }
    return layerByLayer(arithmetic, where, cpu, batch);
  }

  /** The same on the CPU alone, layer by layer: what a device is compared with. */
  NetworkPlan opponent(Arithmetic arithmetic, Device cpu, int batch) {
    return arithmetic == Arithmetic.INTEGER
        ? NetworkPlan.of(integers(), any -> cpu, batch, Launch.LAYER)
        : layerByLayer(arithmetic, cpu, cpu, batch);
  }

  /** Whether layers of an arithmetic are launched together on a device, as far as they fit. */
  boolean launchesNetworks(Arithmetic arithmetic, Device where) {
    return arithmetic == Arithmetic.INTEGER
        && launch != Launch.LAYER
        && where.overlay().isPresent();
  }

  /**
   * The integer network, where all of its layers with weights are offloaded and an arithmetic runs
   * it.
   */
  Optional<IntegerNetwork> whole(Arithmetic arithmetic) {
    return arithmetic == Arithmetic.INTEGER && layers.containsAll(weightedLayers(model))
        ? Optional.of(integers())
        : Optional.empty();
  }

  /** How a plan of this is launched, for integer networks; empty for others. */
  Optional<String> launchText(Arithmetic arithmetic, NetworkPlan plan, Device where) {
    return arithmetic == Arithmetic.INTEGER
        ? Optional.of(LaunchText.of(plan, integers(), where, launch))
        : Optional.empty();
  }

  private NetworkPlan layerByLayer(Arithmetic arithmetic, Device where, Device cpu, int batch) {
    return NetworkPlan.of(
        source.network(),
        name ->
            layers.contains(name)
                ? new KernelPlace(kernel(arithmetic, name), where)
                : new KernelPlace(LayerKernel.f32f32(source.layer(name)), cpu),
        batch);
  }

  private LayerKernel kernel(Arithmetic arithmetic, String name) {
    if (!arithmetic.quantized()) {
      return LayerKernel.f32f32(source.layer(name));
    }
    QuantizedNetwork quantized =
        source.weights().containsKey(name)
            ? source
            : new QuantizedNetwork(
                source.network(),
                Map.of(name, quantize(arithmetic, name)),
                fits(arithmetic) ? calibration().encodings() : Map.of());
    return options.kernel(arithmetic, quantized, name, name.equals(last()));
  }

  /** Whether the last layer with weights, whose outputs are the logits, is offloaded. */
  boolean placesLast() {
    return !layers.isEmpty() && layers.contains(last());
  }

  private String last() {
    List<String> weighted = weightedLayers(model);
    return weighted.get(weighted.size() - 1);
  }

  private QuantizedWeights quantize(Arithmetic arithmetic, String name) {
    return options.quantizer(arithmetic).quantize(source.layer(name).weight());
  }

  private IntegerNetwork integers() {
    if (integers == null) {
      Map<String, QuantizedTensor> codes = new HashMap<>();
      for (String name : source.network().weightedLayers()) {
        QuantizedWeights own = source.weights().get(name);
        codes.put(name, (own == null ? quantize(Arithmetic.INTEGER, name) : own).integers());
      }
      Calibration calibration =
          FormOptions.ofIntegers(
              source.network(),
              workload.training(options.calibration(), screen),
              options.calibration().quantizers().inputs());
      integers = IntegerNetwork.of(source.network(), codes, calibration, OutputScales.CALIBRATED);
    }
    return integers;
  }

  private Calibration calibration() {
    if (calibration == null) {
      calibration = workload.calibrate(source.network(), options.calibration(), screen);
    }
    return calibration;
  }

  /** What tables call the model. */
  String text() {
    return NetworkText.of(source == null ? model : source.network());
  }

  /** The words of its activation functions; those of integers are in their codes. */
  String activations() {
    return source == null ? "in codes" : source.network().activations();
  }

  /** The names of all layers with weights, in order. */
  static List<String> weightedLayers(Model model) {
    return model instanceof IntegerNetwork integers
        ? integers.weightedLayers()
        : WorkloadOptions.network(model).network().weightedLayers();
  }
}
