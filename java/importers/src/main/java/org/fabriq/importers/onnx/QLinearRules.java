// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.util.function.Function;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.onnx.OnnxValue.Flowing;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.LeakyReluLayer;
import org.fabriq.quant.Encoding;

/** Operators of codes, which carry scales and zero points as inputs. */
final class QLinearRules {
  private QLinearRules() {}

  /** Input {@code i}, with its scale and zero point behind it. */
  private static Signal x(OnnxNode node, int i) {
    return node.codes(i, CodeRules.codes(node, i + 1));
  }

  /**
   * A constant of codes.
   *
   * @param axis of scales, if there are several
   */
  private static Constant weight(OnnxNode node, int i, int axis) {
    Constant codes = node.constant(i, "weight");
    Constant zero = node.constantIfThere(i + 2, "zero point");
    if (!codes.type().isInteger() || codes.type().bits() > 8 || codes.codes() != null) {
      throw new NotTakenException("its weight is %s".formatted(codes), "use int8 or uint8");
    }
    return codes.withCodes(
        CodeRules.codes(node.constant(i + 1, "scale"), zero, codes.type(), axis));
  }

  /** int32 biases as what they stand for: times the scale of inputs and that of weights. */
  private static double[] bias(OnnxNode node, int i, Signal x, Constant weight, double alpha) {
    int outputs = weight.dimension(0);
    if (!node.has(i)) {
      return null;
    }
    Constant codes = node.constant(i, "bias");
    double[] bias = WeightRules.bias(codes, outputs);
    Encoding weights = weight.codesPerOutput().encoding();
    for (int n = 0; n < outputs; n++) {
      double scale = (double) x.codes().encoding().scale(0) * weights.scale(n);
      bias[n] *= scale * alpha;
    }
    return bias;
  }

  static OnnxValue conv(OnnxNode node, OnnxGraph to) {
    PoolRules.refuseChannelsLast(node);
    Signal x = x(node, 0);
    Constant weight = weight(node, 3, 0);
    Codes output = CodeRules.codes(node, 6);
    return new Flowing(
        WeightRules.conv(node, x, weight, bias(node, 8, x, weight, 1), output, to), true);
  }

  static OnnxValue matmul(OnnxNode node, OnnxGraph to) {
    Constant weight = weight(node, 3, node.constant(3, "weight").rank() - 1);
    return new Flowing(WeightRules.matmul(x(node, 0), weight, CodeRules.codes(node, 6), to), true);
  }

  static OnnxValue gemm(OnnxNode node, OnnxGraph to) {
    boolean transposed = node.integer("transB", 0) != 0;
    Signal x = x(node, 0);
    Constant given = weight(node, 3, transposed ? 0 : 1);
    float alpha = node.number("alpha", 1);
    if (given.rank() != 2 || node.integer("transA", 0) != 0 || !(alpha > 0)) {
      throw new NotTakenException(
          "transA, weights %s or alpha %s".formatted(given, alpha),
          "multiply samples x values by a matrix, alpha above 0");
    }
    Constant weight = WeightRules.times(transposed ? given : given.transposed(1, 0), alpha);
    double[] bias = bias(node, 6, x, weight, 1);
    Codes output = node.has(7) ? CodeRules.codes(node, 7) : null;
    return new Flowing(WeightRules.dense(x, weight, bias, output, to), output != null);
  }

  static OnnxValue add(OnnxNode node, OnnxGraph to) {
    Codes output = CodeRules.codes(node, 6);
    if (!node.isFixed(0) && !node.isFixed(3)) {
      return new Flowing(ElementRules.sum(x(node, 0), x(node, 3), output, to), true);
    }
    return affine(node, output, to, constant -> new Operation.Affine(null, constant));
  }

  static OnnxValue multiply(OnnxNode node, OnnxGraph to) {
    Codes output = CodeRules.codes(node, 6);
    return affine(node, output, to, constant -> new Operation.Affine(constant, null));
  }

  private static OnnxValue affine(
      OnnxNode node, Codes output, OnnxGraph to, Function<Constant, Operation.Affine> with) {
    boolean first = node.isFixed(0);
    Signal x = x(node, first ? 3 : 0);
    Operation.Affine affine = with.apply(weight(node, first ? 0 : 3, 0));
    return new Flowing(to.step(affine, x.dimensions(), output, x), true);
  }

  static OnnxValue averagePool(OnnxNode node, OnnxGraph to) {
    Codes output = CodeRules.codes(node, 3);
    return new Flowing(PoolRules.average(node, x(node, 0), output, to), true);
  }

  static OnnxValue globalAveragePool(OnnxNode node, OnnxGraph to) {
    PoolRules.refuseChannelsLast(node);
    Codes output = CodeRules.codes(node, 3);
    return new Flowing(PoolRules.globalAverage(x(node, 0), output, to), true);
  }

  static OnnxValue sigmoid(OnnxNode node, OnnxGraph to) {
    return function(new ActivationLayer("sigmoid", Activation.SIGMOID), node, to);
  }

  static OnnxValue leakyRelu(OnnxNode node, OnnxGraph to) {
    return function(new LeakyReluLayer("leaky", node.number("alpha", 0.01f)), node, to);
  }

  private static OnnxValue function(FunctionLayer layer, OnnxNode node, OnnxGraph to) {
    Signal x = x(node, 0);
    Codes output = CodeRules.codes(node, 3);
    return new Flowing(to.step(new Operation.Function(layer), x.dimensions(), output, x), true);
  }

  static OnnxValue softmax(OnnxNode node, OnnxGraph to) {
    Codes output = CodeRules.codes(node, 3);
    Signal values = ElementRules.softmax(node, x(node, 0), node.int32("opset", node.opset()), to);
    return new Flowing(to.quantized(values, output), true);
  }

  static OnnxValue concat(OnnxNode node, OnnxGraph to) {
    Codes output = CodeRules.codes(node, 0);
    Flowing[] parts = new Flowing[(node.inputCount() - 2) / 3];
    if (parts.length == 0) {
      throw new NotTakenException("it joins nothing", "export the model again");
    }
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Flowing(x(node, 2 + 3 * i), true);
    }
    return LayoutRules.joined(parts, node.integer("axis", 1), output, to);
  }
}
