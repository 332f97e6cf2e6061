// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Calibration;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.Encoding;
import org.fabriq.runtime.Device;

/**
 * A network in an {@link Arithmetic}: run by its kernels, written to its files. Layers without
 * codes stay fp32. What the last layer sums is read back as int32, unless int8 is asked for.
 */
final class Target {
  private final Network network;
  private final Arithmetic arithmetic;
  private final Function<Network, Calibration> calibrating;
  private final IntegerOptions integers;
  private final Device device;
  private Network calibrated;
  private Calibration calibration;

  /**
   * How integers are written.
   *
   * @param int8 whether layers of i8i8 but the last give int8, else int32
   * @param scales of the activations of an integer network
   */
  record IntegerOptions(boolean int8, OutputScales scales) {}

  /**
   * Prepares.
   *
   * @param network in fp32
   * @param calibrating fits encodings of a network's tensors
   */
  Target(
      Network network,
      Arithmetic arithmetic,
      Function<Network, Calibration> calibrating,
      IntegerOptions integers,
      Device device) {
    this.network = network;
    this.arithmetic = arithmetic;
    this.calibrating = calibrating;
    this.integers = integers;
    this.device = device;
  }

  /** The network in fp32. */
  Network network() {
    return network;
  }

  /** Where kernels run. */
  Device device() {
    return device;
  }

  /** Encodings of the tensors; fitted once for each fp32 network. */
  private Calibration calibration(Network exact) {
    if (calibrated != exact) {
      calibration = calibrating.apply(exact);
      calibrated = exact;
    }
    return calibration;
  }

  /** The encodings of layers' inputs by layer name; none where inputs stay fp32. */
  Map<String, Encoding> inputs(QuantizedResult result) {
    Map<String, Encoding> inputs = new LinkedHashMap<>();
    if (arithmetic == Arithmetic.INTEGER) {
      integers(result)
          .layers()
          .forEach(layer -> inputs.put(layer.name(), layer.inputCodes().get(0)));
    } else if (arithmetic == Arithmetic.I8I8) {
      QuantizedNetwork encoded = encoded(result);
      encoded
          .network()
          .weightedLayers()
          .forEach(name -> inputs.put(name, encoded.inputCodes(name)));
    }
    return inputs;
  }

  /**
   * Gives the outputs for the samples by the kernels.
   *
   * @param place the device for the name of a layer with weights
   * @param progress told the samples done
   */
  Predictions predict(
      QuantizedResult result,
      TestSet images,
      Function<String, Device> place,
      IntConsumer progress) {
    try (NetworkPlan plan = plan(result, place, images.batch())) {
      return images.predict(plan::run, progress);
    }
  }

  private NetworkPlan plan(QuantizedResult result, Function<String, Device> place, int batch) {
    if (arithmetic == Arithmetic.INTEGER) {
      return NetworkPlan.of(integers(result), place::apply, batch);
    }
    QuantizedNetwork encoded = arithmetic == Arithmetic.I8I8 ? encoded(result) : result.network();
    return NetworkPlan.of(
        encoded.network(),
        name -> new KernelPlace(kernel(encoded, name), place.apply(name)),
        batch);
  }

  private LayerKernel kernel(QuantizedNetwork encoded, String name) {
    if (!encoded.weights().containsKey(name)) {
      return LayerKernel.f32f32(encoded.layer(name));
    }
    boolean raw = encoded.network().isLastWeighted(name) || !integers.int8();
    return LayerKernel.of(arithmetic, encoded, name, CodeSemantics.RESCALED, raw);
  }

  private QuantizedNetwork encoded(QuantizedResult result) {
    return result.network().with(calibration(result.exact()));
  }

  private IntegerNetwork integers(QuantizedResult result) {
    return IntegerNetwork.of(encoded(result), integers.scales());
  }

  /** Writes what {@code fabriq infer} runs. */
  void write(QuantizedResult result, Path file) {
    if (arithmetic == Arithmetic.INTEGER) {
      integers(result).write(file);
    } else {
      encoded(result).write(file);
    }
  }
}
