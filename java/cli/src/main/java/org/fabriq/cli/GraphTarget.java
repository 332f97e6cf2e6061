// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Calibration;
import org.fabriq.model.Network;
import org.fabriq.plan.GraphPlan;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Quantizer;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.toolkit.QuantizedNetwork;

/** Any network as a {@link IntegerNetwork}. */
final class GraphTarget implements Target {
  private final Network network;
  private final Iterable<Float32Tensor> calibration;
  private final Quantizer activations;
  private final OutputScales scales;
  private final boolean pixels;
  private final Device device;
  private Network calibrated;
  private Calibration encodings;

  /** With calibrated scales, for pixels. */
  GraphTarget(
      Network network, Iterable<Float32Tensor> calibration, Quantizer activations, Device device) {
    this(network, calibration, activations, OutputScales.CALIBRATED, true, device);
  }

  /**
   * Prepares.
   *
   * @param calibration batches that encodings of activations are fitted to
   * @param pixels whether the input is bytes as values of 0 to 1, whose codes are the bytes; else
   *     its encoding is fitted too
   */
  GraphTarget(
      Network network,
      Iterable<Float32Tensor> calibration,
      Quantizer activations,
      OutputScales scales,
      boolean pixels,
      Device device) {
    this.network = network;
    this.calibration = calibration;
    this.activations = activations;
    this.scales = scales;
    this.pixels = pixels;
    this.device = device;
  }

  @Override
  public Network network() {
    return network;
  }

  /** Fitted once for each fp32 network. */
  private Calibration encodings(Network exact) {
    if (calibrated != exact) {
      Calibration fitted = Calibration.of(exact, calibration, activations);
      encodings = pixels ? fitted.withInput(IntegerNetwork.PIXELS) : fitted;
      calibrated = exact;
    }
    return encodings;
  }

  @Override
  public Map<String, Encoding> inputs(QuantizedNetwork quantized) {
    Map<String, Encoding> inputs = new LinkedHashMap<>();
    for (IntegerLayer layer : graph(quantized).layers()) {
      inputs.put(layer.name(), layer.inputCodes().get(0));
    }
    return inputs;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public Predictions predict(
      QuantizedNetwork quantized,
      TestSet images,
      Function<String, Device> place,
      IntConsumer progress) {
    IntegerNetwork graph = graph(quantized);
    try (GraphPlan plan =
        new GraphPlan(graph, i -> place.apply(graph.layers().get(i).name()), images.batch())) {
      return images.predict(x -> graph.dequantize(plan.run(graph.quantize(x))), progress);
    }
  }

  @Override
  public void write(QuantizedNetwork quantized, Path file) {
    graph(quantized).write(file);
  }

  private IntegerNetwork graph(QuantizedNetwork quantized) {
    Map<String, QuantizedTensor> weights = new LinkedHashMap<>();
    quantized.weights().forEach((name, codes) -> weights.put(name, codes.integers()));
    return IntegerNetwork.of(quantized.decoded(), weights, encodings(quantized.exact()), scales);
  }
}
