// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Codebook;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.CodebookTensor;
import org.fabriq.quant.PackedCodes;
import org.fabriq.tensor.Float32Tensor;

/**
 * Weights with a trained codebook. After each step every weight takes the code of its nearest
 * centroid, then every centroid moves to the mean of its weights.
 *
 * <p>Source: S. Han et al., "Deep Compression", 2016, section 3, but codes follow the weights.
 */
final class CodebookWeights extends TrainedWeights {
  private CodebookTensor codes;
  private Float32Tensor values;

  /** Weights that start as trained in fp32, in the codebook that a quantizer fits to them. */
  CodebookWeights(NDManager manager, WeightedLayer start, CodebookQuantizer quantizer) {
    super(manager, start);
    set(quantizer.quantize(start.weight()));
  }

  private void set(CodebookTensor assigned) {
    codes = assigned;
    values = assigned.dequantize();
  }

  @Override
  NDArray quantized(NDArray w, ParameterValues parameters) {
    NDArray quantized = w.getManager().create(values.toArray(), shape(values.shape()));
    return quantized.add(w.sub(w.stopGradient()));
  }

  @Override
  void afterStep() {
    Float32Tensor weights = weights();
    Codebook codebook = codes.codebook();
    PackedCodes nearest = codebook.encode(weights);
    set(new CodebookTensor(nearest, codebook.withMeansOf(weights, nearest)));
  }

  /** The codes and the codebook that the next step computes with. */
  @Override
  CodebookTensor codes() {
    return codes;
  }
}
