// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.stream.IntStream;
import org.fabriq.accumulator.SumRange;
import org.fabriq.importing.ImportedLayer;
import org.fabriq.importing.ImportedModel;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.integer.WeightedIntegerLayer;
import org.fabriq.model.BatchNormLayer;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.WeightedLayer;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;

/**
 * What a table says of an imported layer, beside its name and where it comes from.
 *
 * @param place what computes it
 * @param weights the width of its weights; empty where it has none
 * @param sums the bits that its sums, with their biases, can need; empty where it sums nothing
 * @param ends the part of its weights that are the least or the greatest code, where a quantizer
 *     may have cut them off; empty alike
 * @param epilogue whether the host computes it in fp32, behind everything else
 */
record ImportedLayerCells(
    String place, String weights, String sums, String ends, boolean epilogue) {
  private static final String DEVICE = "device matmul";
  private static final String HOST = "host";
  private static final String EPILOGUE = "host, fp32";

  static ImportedLayerCells of(ImportedModel model, ImportedLayer layer) {
    if (layer.epilogue()) {
      return new ImportedLayerCells(EPILOGUE, "", "", "", true);
    }
    if (model.network().isPresent()) {
      LayerGraph<Layer> graph = model.network().get().graph();
      return of(graph.layer(graph.index(layer.name())));
    }
    IntegerNetwork network = model.integers().orElseThrow();
    return of(network.graph().layer(network.graph().index(layer.name())));
  }

  private static ImportedLayerCells of(Layer layer) {
    if (layer instanceof EpilogueLayer) {
      return new ImportedLayerCells(EPILOGUE, "", "", "", true);
    }
    if (layer instanceof WeightedLayer) {
      return new ImportedLayerCells(DEVICE, "fp32", "", "", false);
    }
    String place = layer instanceof BatchNormLayer ? "folded" : HOST;
    return new ImportedLayerCells(place, "", "", "", false);
  }

  private static ImportedLayerCells of(IntegerLayer layer) {
    String place = NetworkPlan.usesDevice(layer) ? DEVICE : HOST;
    if (!(layer instanceof WeightedIntegerLayer weighted)) {
      return new ImportedLayerCells(place, "", "", "", false);
    }
    IntegerWeights weights = weighted.weights();
    Encoding a = weights.input();
    int bits =
        SumRange.possible(weights.forKernel(0, weights.outputs(), null), a.qmin(), a.qmax()).bits();
    return new ImportedLayerCells(
        place,
        "%d bits".formatted(weights.weight().encoding().bits()),
        "%d bits".formatted(bits),
        "%.1f %%".formatted(100 * atEnds(weights)),
        false);
  }

  private static double atEnds(IntegerWeights weights) {
    Int8Tensor codes = weights.weight().codes();
    Encoding encoding = weights.weight().encoding();
    long count =
        IntStream.range(0, codes.size())
            .map(codes::get)
            .filter(code -> code == encoding.qmin() || code == encoding.qmax())
            .count();
    return (double) count / codes.size();
  }
}
