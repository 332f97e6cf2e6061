// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.Comparator;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * GPTQ: rounds the weights of an output one input at a time and lets the ones that are left make up
 * for the error, so that the outputs for the calibration inputs change least.
 *
 * <p>With the inputs x of the quantized network, H = mean(x transpose(x)) + damping * d * I, where
 * d is the mean of the diagonal entries above 0, and U upper triangular with inverse(H) =
 * transpose(U) * U, for each input i in order and each output:
 *
 * <pre>
 *  q_i  = code of w_i                  in the encoding of the plain weights
 *  e    = (w_i - value of q_i) / U_ii
 *  w_j -= e * U_ij                     for all j after i
 * </pre>
 *
 * All in double. Inputs that are 0 in every sample get the diagonal d; their weights go to the
 * nearest code and change no other. The order of columns is that of the inputs, or, by default, of
 * descending diagonal of H, the strongest input first.
 *
 * <p>Source: E. Frantar et al., "GPTQ: Accurate Post-Training Quantization for Generative
 * Pre-trained Transformers", 2022, section 3; the descending order is "act-order" of its code.
 *
 * @param damping above 0; 0.01 in the paper
 * @param strongestFirst whether columns go by descending diagonal of H
 */
public record Gptq(double damping, boolean strongestFirst) implements WeightRounding {
  /** Damping 0.01, the strongest input first. */
  public static final Gptq DEFAULT = new Gptq(0.01, true);

  /**
   * @throws InvalidArgumentException if damping is out of range
   */
  public Gptq {
    if (!(damping > 0) || Double.isInfinite(damping)) {
      throw new InvalidArgumentException(
          "damping %s, limit above 0; 0.01 is common".formatted(damping));
    }
  }

  @Override
  public void check(WeightQuantizer quantizer) {
    WeightRounding.evenGrid(quantizer, "gptq");
  }

  @Override
  public QuantizedTensor round(
      LayerInputs inputs, WeightQuantizer quantizer, DoubleConsumer progress) {
    Quantizer grid = WeightRounding.evenGrid(quantizer, "gptq");
    Float32Tensor weight = inputs.layer().weight();
    Encoding encoding = grid.fit(weight);
    Int8Tensor codes = Int8Tensor.allocate(weight.shape());
    Moments[] moments = Moments.ofGroups(inputs.layer().groups());
    inputs.forEachRows(
        (group, exact, quantized) -> {
          DMatrixRMaj x = Moments.matrix(quantized);
          moments[group].add(x, x);
        });
    int outputs = weight.dimension(0);
    int rows = outputs / moments.length;
    for (int group = 0; group < moments.length; group++) {
      DMatrixRMaj hessian = moments[group].mean();
      int[] order = order(hessian);
      DMatrixRMaj upper = factor(permuted(hessian, order));
      for (int row = group * rows; row < (group + 1) * rows; row++) {
        roundRow(weight, row, encoding, order, upper, codes);
        progress.accept((row + 1.0) / outputs);
      }
    }
    return new QuantizedTensor(codes, encoding);
  }

  private int[] order(DMatrixRMaj hessian) {
    Comparator<Integer> byStrength = Comparator.comparingDouble(i -> -hessian.get(i, i));
    IntStream columns = IntStream.range(0, hessian.numCols);
    return strongestFirst
        ? columns.boxed().sorted(byStrength).mapToInt(i -> i).toArray()
        : columns.toArray();
  }

  private static DMatrixRMaj permuted(DMatrixRMaj matrix, int[] order) {
    DMatrixRMaj permuted = new DMatrixRMaj(order.length, order.length);
    for (int i = 0; i < order.length; i++) {
      for (int j = 0; j < order.length; j++) {
        permuted.set(i, j, matrix.get(order[i], order[j]));
      }
    }
    return permuted;
  }

  /** The upper Cholesky factor of the inverse of the damped matrix. */
  private DMatrixRMaj factor(DMatrixRMaj hessian) {
    double strength = 0;
    int live = 0;
    for (int i = 0; i < hessian.numCols; i++) {
      strength += hessian.get(i, i);
      live += hessian.get(i, i) > 0 ? 1 : 0;
    }
    double mean = live == 0 ? 1 : strength / live;
    for (int i = 0; i < hessian.numCols; i++) {
      double own = hessian.get(i, i);
      hessian.set(i, i, (own > 0 ? own : mean) + damping * mean);
    }
    DMatrixRMaj inverse = new DMatrixRMaj(hessian.numCols, hessian.numCols);
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
        DecompositionFactory_DDRM.chol(hessian.numCols, false);
    if (!CommonOps_DDRM.invertSPD(hessian, inverse) || !cholesky.decompose(inverse)) {
      throw new FabriqException(
          "the calibration inputs are too much alike for damping %s; raise it, or take more images"
              .formatted(damping));
    }
    return cholesky.getT(null);
  }

  private static void roundRow(
      Float32Tensor weight,
      int row,
      Encoding encoding,
      int[] order,
      DMatrixRMaj upper,
      Int8Tensor codes) {
    int columns = order.length;
    double[] left = new double[columns];
    for (int i = 0; i < columns; i++) {
      left[i] = weight.get(row * columns + order[i]);
    }
    for (int i = 0; i < columns; i++) {
      int at = row * columns + order[i];
      int channel = encoding.channel(weight, at);
      int code = encoding.quantize((float) left[i], channel);
      codes.set(at, (byte) code);
      double error = (left[i] - encoding.dequantize(code, channel)) / upper.get(i, i);
      for (int j = i + 1; j < columns; j++) {
        left[j] -= error * upper.get(i, j);
      }
    }
  }
}
