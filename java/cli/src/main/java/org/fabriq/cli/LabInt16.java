// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import org.fabriq.accumulator.Accumulator;
import org.fabriq.accumulator.SumCount;
import org.fabriq.accumulator.SumRange;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.FixedPointQuantizer;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.runtime.AccumulatorDevice;
import org.fabriq.runtime.Device;

/**
 * A layer in int8 x int8, summed in int16 as the lab's kernel does; the others in fp32.
 *
 * @param weights of the layer
 * @param exact how it does with exact sums
 * @param narrow the same with sums in int16
 * @param possible the partial sums of any inputs
 */
record LabInt16(
    FixedPointQuantizer weights, Score exact, Score narrow, SumCount count, SumRange possible) {
  /** What the lab's inputs of the layer are. */
  private static final FixedPointQuantizer INPUTS = new FixedPointQuantizer(8, 4);

  /**
   * Runs both.
   *
   * @param layer its name
   * @param fp32 what fp32 gives for the samples
   * @param cpu for the other layers
   */
  static LabInt16 run(
      Network network,
      String layer,
      FixedPointQuantizer weights,
      TestSet images,
      Predictions fp32,
      Device cpu) {
    try (AccumulatorDevice counting = AccumulatorDevice.counting(Accumulator.LAB);
        AccumulatorDevice summing = AccumulatorDevice.narrow(Accumulator.LAB)) {
      Score exact =
          images.score(predict(network, layer, weights, images, cpu, counting.device()), fp32);
      Score narrow =
          images.score(predict(network, layer, weights, images, cpu, summing.device()), fp32);
      Encoding codes = INPUTS.encoding();
      SumRange possible = counting.possible(codes.qmin(), codes.qmax());
      return new LabInt16(weights, exact, narrow, counting.count(), possible);
    }
  }

  private static Predictions predict(
      Network network,
      String layer,
      FixedPointQuantizer weights,
      TestSet images,
      Device cpu,
      Device summing) {
    Map<String, QuantizedTensor> codes =
        Map.of(layer, weights.quantize(network.weightedLayer(layer).weight()));
    QuantizedNetwork quantized =
        QuantizedNetwork.of(network, codes, Map.of(layer + ".input", INPUTS.encoding()));
    LayerKernel kernel = LayerKernel.i8i8Raw(quantized, layer, CodeSemantics.RESCALED);
    try (NetworkPlan plan =
        NetworkPlan.of(
            network,
            name ->
                name.equals(layer)
                    ? new KernelPlace(kernel, summing)
                    : new KernelPlace(LayerKernel.f32f32(network.weightedLayer(name)), cpu),
            images.batch())) {
      return images.predict(plan::run, done -> {});
    }
  }

  void print(PrintWriter out) {
    out.printf(
        "%nint16: layer 2 in int8 x int8, inputs %s, weights %s, summed as the lab does (%s):%n",
        INPUTS.name(), weights.name(), Accumulator.LAB);
    out.printf(
        "%s, %s with exact sums; %,d of %,d sums leave int16, %,d end wrong;%n",
        narrow.quality(), exact.quality(), count.left(), count.sums(), count.wrong());
    out.printf(
        "these need %d bits, those of any inputs would need %d.%n",
        count.seen().bits(), possible.bits());
  }

  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("inputs", INPUTS.name());
    node.put("weights", weights.name());
    node.put("exact_accuracy", exact.labelled() ? (Double) exact.accuracy() : null);
    narrow.writeTo(node);
    node.put("sums", count.sums());
    node.put("left", count.left());
    node.put("wrong", count.wrong());
    node.put("excess", Accumulator.LAB.excess(count.seen()));
    node.put("bits_seen", count.seen().bits());
    node.put("bits_possible", possible.bits());
    return node;
  }
}
