// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.io.EncodingsFile;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Codebook;
import org.fabriq.quant.CodebookTensor;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PackedCodes;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Tensor;

/** Writes what {@link org.fabriq.model.DenseEncodings} reads, as earlier versions did. */
public final class DenseEncodingsWriter {
  private DenseEncodingsWriter() {}

  /**
   * Writes NAME.npz and NAME.json.
   *
   * @param network of dense layers fc1, fc2, ... with one activation function
   * @param weights by layer; a layer without stays fp32
   * @param activations as LAYER.input or LAYER.output
   */
  public static void write(
      Network network,
      Map<String, ? extends QuantizedWeights> weights,
      Map<String, Encoding> activations,
      Path npz) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    Map<String, Encoding> parameters = new LinkedHashMap<>();
    Map<String, Codebook> codebooks = new LinkedHashMap<>();
    for (String name : network.weightedLayers()) {
      WeightedLayer layer = network.weightedLayer(name);
      QuantizedWeights codes = weights.get(name);
      if (codes == null) {
        arrays.put(name + ".weight", layer.weight());
      } else {
        PackedCodes packed = codes.pack();
        arrays.put(name + ".weight_codes", packed.bytes());
        arrays.put(name + ".weight_shape", Int32Tensor.of(packed.shape(), 2));
      }
      if (codes instanceof CodebookTensor tensor) {
        codebooks.put(name + ".weight", tensor.codebook());
      } else if (codes instanceof QuantizedTensor tensor) {
        parameters.put(name + ".weight", tensor.encoding());
      }
      if (layer.bias() != null) {
        arrays.put(name + ".bias", Float32Tensor.of(layer.bias(), layer.outputs()));
      }
    }
    NpzFile.write(npz, arrays);
    String json = npz.getFileName().toString().replaceFirst("\\.npz$", ".json");
    new EncodingsFile(activations, parameters, codebooks, network.activations())
        .write(npz.resolveSibling(json));
  }
}
