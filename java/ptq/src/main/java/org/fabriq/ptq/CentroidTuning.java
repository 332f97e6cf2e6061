// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Codebook;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.CodebookTensor;
import org.fabriq.quant.PackedCodes;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.tensor.Float32Tensor;

/**
 * Fine-tunes the centroids of a k-means codebook: the codes stay, and the table becomes the one
 * that changes the layer's outputs for the calibration inputs least.
 *
 * <p>With z(n, j) the sum of the inputs of the quantized network whose weight in output n has code
 * j, an output is the sum over j of c_j z(n, j). The centroids c are the least squares solution
 * against the fp32 network's outputs (without bias) over all samples and outputs: A c = r with A =
 * sum of z transpose(z), r = sum of z y. A damping of 0.001 * mean(diagonal of A) draws them to
 * where k-means left them, so centroids of inputs that are always 0 stay. All in double.
 */
public record CentroidTuning() implements WeightRounding {
  private static final double DAMPING = 1e-3;

  @Override
  public void check(WeightQuantizer quantizer) {
    codebooks(quantizer);
  }

  private static CodebookQuantizer codebooks(WeightQuantizer quantizer) {
    if (quantizer instanceof CodebookQuantizer codebooks) {
      return codebooks;
    }
    throw new InvalidArgumentException(
        "centroids tunes codebooks, not %s; give codebook:BITS, or take adaround or gptq"
            .formatted(quantizer.name()));
  }

  @Override
  public CodebookTensor round(
      LayerInputs inputs, WeightQuantizer quantizer, DoubleConsumer progress) {
    CodebookQuantizer codebooks = codebooks(quantizer);
    WeightedLayer layer = inputs.layer();
    CodebookTensor plain = codebooks.quantize(layer.weight());
    Moments[] squares = Moments.ofGroups(layer.groups());
    Moments[] products = Moments.ofGroups(layer.groups());
    inputs.forEachRows(
        (group, exact, quantized) -> {
          DMatrixRMaj x = Moments.matrix(quantized);
          squares[group].add(x, x);
          products[group].add(x, outputs(exact, layer.weightMatrix(group)));
        });
    int size = plain.codebook().centroids().length;
    DMatrixRMaj a = new DMatrixRMaj(size, size);
    DMatrixRMaj r = new DMatrixRMaj(size, 1);
    int outputs = layer.outputs() / layer.groups();
    for (int n = 0; n < layer.outputs(); n++) {
      DMatrixRMaj square = squares[n / outputs].mean();
      DMatrixRMaj product = products[n / outputs].mean();
      addEquations(plain.codes(), n, square, product, n % outputs, a, r);
      progress.accept((n + 1.0) / layer.outputs());
    }
    return new CodebookTensor(plain.codes(), solved(plain.codebook(), a, r));
  }

  private static DMatrixRMaj outputs(Float32Tensor rows, Float32Tensor weight) {
    DMatrixRMaj y = new DMatrixRMaj(rows.rows(), weight.rows());
    CommonOps_DDRM.multTransB(Moments.matrix(rows), Moments.matrix(weight), y);
    return y;
  }

  /** Adds what one output says about the centroids. */
  private static void addEquations(
      PackedCodes codes,
      int output,
      DMatrixRMaj square,
      DMatrixRMaj product,
      int column,
      DMatrixRMaj a,
      DMatrixRMaj r) {
    int inputs = square.numCols;
    int[] own = new int[inputs];
    Arrays.setAll(own, k -> codes.get(output * inputs + k));
    for (int i = 0; i < inputs; i++) {
      r.add(own[i], 0, product.get(i, column));
      for (int j = 0; j < inputs; j++) {
        a.add(own[i], own[j], square.get(i, j));
      }
    }
  }

  /** Solves for the change of the centroids, damped. */
  private static Codebook solved(Codebook plain, DMatrixRMaj a, DMatrixRMaj r) {
    float[] centroids = plain.centroids();
    DMatrixRMaj start = new DMatrixRMaj(centroids.length, 1);
    Arrays.setAll(start.data, j -> centroids[j]);
    CommonOps_DDRM.multAdd(-1, a, start, r);
    double mean = CommonOps_DDRM.trace(a) / centroids.length;
    for (int j = 0; j < centroids.length; j++) {
      a.add(j, j, mean > 0 ? DAMPING * mean : 1);
    }
    DMatrixRMaj change = new DMatrixRMaj(centroids.length, 1);
    if (!CommonOps_DDRM.solve(a, r, change)) {
      throw new FabriqException(
          "the calibration inputs leave centroids undetermined; take more images");
    }
    for (int j = 0; j < centroids.length; j++) {
      centroids[j] = (float) (centroids[j] + change.get(j));
    }
    return new Codebook(plain.bits(), centroids);
  }
}
