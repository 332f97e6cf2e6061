// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.CodeSemantics;
import org.fabriq.plan.InferencePlan;
import org.fabriq.plan.InferencePlan.Placement;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.runtime.Device;
import org.fabriq.toolkit.QuantizedNetwork;

/**
 * Dense layers, each a kernel of its own with its activation function in fp32; layers without codes
 * stay fp32. The last layer's integers are read back as int32, unless int8 is asked for.
 */
final class MlpTarget implements Target {
  private final Mlp model;
  private final Form form;
  private final Calibration calibration;
  private final boolean int8Outputs;
  private final Device device;

  /**
   * Prepares.
   *
   * @param form any but {@link Form#GRAPH}
   * @param int8Outputs whether layers but the last give int8, else int32
   */
  MlpTarget(Mlp model, Form form, Calibration calibration, boolean int8Outputs, Device device) {
    this.model = model;
    this.form = form;
    this.calibration = calibration;
    this.int8Outputs = int8Outputs;
    this.device = device;
  }

  @Override
  public Network network() {
    return model.network();
  }

  @Override
  public Map<String, Encoding> inputs(QuantizedNetwork quantized) {
    Map<String, Encoding> inputs = new LinkedHashMap<>();
    for (int i = 0; form == Form.I8I8 && i < model.layers().size(); i++) {
      inputs.put(model.layers().get(i).name(), calibration.inputs().get(i));
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
    QuantizedModel source = model(quantized);
    try (InferencePlan plan =
        new InferencePlan(
            source.model(),
            i -> new Placement(kernel(source, i), place.apply(model.layers().get(i).name())),
            images.batch())) {
      return images.predict(plan, progress);
    }
  }

  private LayerKernel kernel(QuantizedModel source, int i) {
    DenseLayer layer = source.model().layers().get(i);
    LayerQuantization codes = source.layers().get(i);
    if (codes == null || form == Form.F32F32) {
      return LayerKernel.f32f32(layer);
    }
    if (form == Form.F32I8) {
      return LayerKernel.f32i8(layer, codes, CodeSemantics.RESCALED);
    }
    boolean last = i + 1 == source.layers().size();
    return last || !int8Outputs
        ? LayerKernel.i8i8Raw(layer, codes, CodeSemantics.RESCALED)
        : LayerKernel.i8i8(layer, codes, CodeSemantics.RESCALED);
  }

  @Override
  public void write(QuantizedNetwork quantized, Path file) {
    model(quantized).write(file);
  }

  private QuantizedModel model(QuantizedNetwork quantized) {
    Network decoded = quantized.decoded();
    List<DenseLayer> layers = new ArrayList<>();
    List<LayerQuantization> codes = new ArrayList<>();
    for (DenseLayer layer : model.layers()) {
      WeightedLayer changed = (WeightedLayer) decoded.layers().get(decoded.index(layer.name()));
      QuantizedWeights weights = quantized.weights().get(layer.name());
      codes.add(weights == null ? null : LayerQuantization.of(weights, layers.size(), calibration));
      layers.add(layer.withWeight(changed.weight()).withBias(changed.bias()));
    }
    return new QuantizedModel(new Mlp(layers), codes);
  }
}
