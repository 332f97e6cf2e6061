// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.util.Arrays;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.onnx.OnnxValue.Flowing;
import org.fabriq.model.Window;

/** Products with weights: Gemm, MatMul and Conv. */
final class WeightRules {
  private WeightRules() {}

  static OnnxValue gemm(OnnxNode node, OnnxGraph to) {
    Signal x = node.values(0);
    Constant weight = node.constant(1, "weight");
    if (x.rank() != 2 || weight.rank() != 2 || node.integer("transA", 0) != 0) {
      throw new NotTakenException(
          "it multiplies %s%s by %s"
              .formatted(x.shape(), node.integer("transA", 0) != 0 ? " transposed" : "", weight),
          "multiply samples x values by a matrix");
    }
    Constant rows = node.integer("transB", 0) == 0 ? weight.transposed(1, 0) : weight;
    Constant scaled = times(rows, node.number("alpha", 1));
    double[] bias = null;
    if (node.has(2)) {
      Constant constant = node.constant(2, "bias");
      float beta = node.number("beta", 1);
      bias = bias(constant, rows.dimension(0));
      for (int i = 0; i < bias.length; i++) {
        bias[i] *= beta;
      }
    }
    return new Flowing(dense(x, scaled, bias, null, to), false);
  }

  /** Weights times a factor; of codes the scales change. */
  static Constant times(Constant weight, float alpha) {
    if (alpha == 1) {
      return weight;
    }
    if (weight.codes() == null) {
      return Constant.ofReals(i -> alpha * weight.real(i), weight.shape());
    }
    float[] scales = weight.codes().encoding().scales();
    for (int i = 0; i < scales.length; i++) {
      scales[i] *= alpha;
    }
    return weight.withCodes(new Codes(weight.codes().encoding().withScales(scales)));
  }

  /** One value per output of a constant that may be one for all, or have leading 1s. */
  static double[] bias(Constant constant, int outputs) {
    if (constant.size() != 1 && constant.size() != outputs) {
      throw new NotTakenException(
          "bias %s for %d outputs".formatted(constant, outputs), "give one value per output");
    }
    double[] bias = new double[outputs];
    Arrays.setAll(bias, i -> constant.real(constant.size() == 1 ? 0 : i));
    return bias;
  }

  static OnnxValue matmul(OnnxNode node, OnnxGraph to) {
    Signal x = node.values(0);
    return new Flowing(matmul(x, node.constant(1, "weight"), null, to), false);
  }

  /**
   * x * weight, of vectors along the last axis.
   *
   * @param weight inputs x outputs; more axes before must be 1
   * @param codes what it gives, or null for values
   */
  static Signal matmul(Signal x, Constant weight, Codes codes, OnnxGraph to) {
    int rank = weight.rank();
    if (rank < 2 || Extent.between(weight.shape(), 0, rank - 2) != 1) {
      throw new NotTakenException(
          "its weight is %s".formatted(weight), "use a matrix of inputs x outputs");
    }
    int inputs = weight.dimension(rank - 2);
    Constant rows = weight.reshaped(inputs, weight.dimension(rank - 1)).transposed(1, 0);
    int[] shape = x.dimensions();
    if (shape.length < 2 || shape[shape.length - 1] != inputs) {
      throw new NotTakenException(
          "it multiplies %s by %s".formatted(x.shape(), weight),
          "let the last axis be as long as the weight has rows");
    }
    if (shape.length == 2) {
      return dense(x, rows, null, codes, to);
    }
    int[] result = shape.clone();
    result[shape.length - 1] = rows.dimension(0);
    if (Extent.between(shape, 1, shape.length - 1) == 1) {
      Signal flat = to.step(new Operation.Reshape(), new int[] {shape[0], inputs}, x);
      Signal product = dense(flat, rows, null, codes, to);
      return to.step(new Operation.Reshape(), result, product.codes(), product);
    }
    return pointwise(x, rows, result, codes, to);
  }

  /** A matrix for each of several vectors of a sample: a convolution with a kernel of 1. */
  private static Signal pointwise(
      Signal x, Constant rows, int[] result, Codes codes, OnnxGraph to) {
    int rank = x.rank();
    if (rank > 4) {
      throw new NotTakenException(
          "it multiplies %s".formatted(x.shape()), "use at most 4 dimensions");
    }
    Signal channels = LayoutRules.channelsFirst(x, to);
    int[] shape = channels.dimensions();
    shape[1] = rows.dimension(0);
    int[] last = rank == 3 ? new int[] {0, 2, 1} : new int[] {0, 2, 3, 1};
    Constant kernel = rows.reshaped(rows.dimension(0), rows.dimension(1), 1, 1);
    Signal product =
        to.step(
            new Operation.Conv2d(kernel, null, Window.square(1, 1, 0), 1), shape, codes, channels);
    return to.step(new Operation.Transpose(last), result, codes, product);
  }

  /** Weights are outputs x inputs. */
  static Signal dense(Signal x, Constant weight, double[] bias, Codes codes, OnnxGraph to) {
    if (x.dimension(1) != weight.dimension(1)) {
      throw new NotTakenException(
          "it multiplies %s by weights of %s (outputs x inputs)".formatted(x.shape(), weight),
          "let both have as many inputs");
    }
    int[] shape = {x.dimension(0), weight.dimension(0)};
    return to.step(new Operation.Dense(weight, bias), shape, codes, x);
  }

  static OnnxValue conv(OnnxNode node, OnnxGraph to) {
    Signal x = node.values(0);
    double[] bias =
        node.has(2)
            ? bias(node.constant(2, "bias"), node.constant(1, "weight").dimension(0))
            : null;
    return new Flowing(conv(node, x, node.constant(1, "weight"), bias, null, to), false);
  }

  /**
   * A convolution with the node's attributes.
   *
   * @param codes what it gives, or null for values
   */
  static Signal conv(
      OnnxNode node, Signal x, Constant weight, double[] bias, Codes codes, OnnxGraph to) {
    int[] shape = weight.shape();
    if (shape.length != x.rank() || shape.length < 3 || shape.length > 4) {
      throw new NotTakenException(
          "it convolves %s with weights %s".formatted(x.shape(), weight),
          "use images or rows of channels");
    }
    int groups = node.int32("group", 1);
    if (groups < 1 || (long) shape[1] * groups != x.dimension(1) || shape[0] % groups != 0) {
      throw new NotTakenException(
          "%d groups for %d channels and weights %s".formatted(groups, x.dimension(1), weight),
          "let weights be outputs x channels / groups x kernel");
    }
    Windows windows = new Windows(node, x, Arrays.copyOfRange(shape, 2, shape.length));
    Constant images = shape.length == 4 ? weight : weight.reshaped(shape[0], shape[1], 1, shape[2]);
    return to.step(
        new Operation.Conv2d(images, bias, windows.window(), groups),
        windows.outputShape(shape[0]),
        codes,
        x);
  }
}
