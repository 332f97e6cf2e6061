// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.onnx.OnnxValue.Fixed;
import org.fabriq.importers.onnx.OnnxValue.Flowing;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.HardSigmoidLayer;
import org.fabriq.model.HardSwishLayer;
import org.fabriq.model.LeakyReluLayer;

/** Functions of each value, arithmetic with constants, sums, and what comes at the end. */
final class ElementRules {
  private static final String UNNAMED = "function";

  private ElementRules() {}

  private static OnnxValue keepingShape(Operation operation, OnnxNode node, OnnxGraph to) {
    Signal x = node.values(0);
    return new Flowing(to.step(operation, x.dimensions(), x), false);
  }

  private static OnnxValue function(FunctionLayer layer, OnnxNode node, OnnxGraph to) {
    return keepingShape(new Operation.Function(layer), node, to);
  }

  static OnnxValue relu(OnnxNode node, OnnxGraph to) {
    return keepingShape(new Operation.Clip(0, Float.POSITIVE_INFINITY), node, to);
  }

  static OnnxValue clip(OnnxNode node, OnnxGraph to) {
    double min =
        node.has(1)
            ? node.constant(1, "least value").real(0)
            : node.number("min", Float.NEGATIVE_INFINITY);
    double max =
        node.has(2)
            ? node.constant(2, "greatest value").real(0)
            : node.number("max", Float.POSITIVE_INFINITY);
    if (!(min <= max)) {
      throw new NotTakenException(
          "it limits to [%s, %s]".formatted(min, max), "give the lower limit first");
    }
    if (node.input(0) instanceof Fixed fixed) {
      Constant x = fixed.constant();
      boolean codes = x.type().isInteger() && x.codes() == null;
      return new Fixed(
          codes && x.type().bits() <= 8
              ? CodeRules.limited(x, min, max)
              : Constant.ofReals(i -> Math.max(min, Math.min(max, x.real(i))), x.shape()));
    }
    Flowing flowing = node.flowing(0);
    return flowing.codes()
        ? CodeRules.limited(flowing, min, max, to)
        : keepingShape(new Operation.Clip((float) min, (float) max), node, to);
  }

  static OnnxValue leakyRelu(OnnxNode node, OnnxGraph to) {
    return function(new LeakyReluLayer(UNNAMED, node.number("alpha", 0.01f)), node, to);
  }

  /** With one slope a function; with several max(x, 0) + slope * min(x, 0). */
  static OnnxValue parametricRelu(OnnxNode node, OnnxGraph to) {
    Constant slope = node.constant(1, "slope");
    float[] slopes = slope.floats();
    if (IntStream.range(0, slopes.length).allMatch(i -> slopes[i] == slopes[0])) {
      return function(new LeakyReluLayer(UNNAMED, slopes[0]), node, to);
    }
    Signal x = node.values(0);
    int[] shape = x.dimensions();
    Signal above = to.step(new Operation.Clip(0, Float.POSITIVE_INFINITY), shape, x);
    Signal below = to.step(new Operation.Clip(Float.NEGATIVE_INFINITY, 0), shape, x);
    Signal scaled = to.step(new Operation.Affine(slope, null), shape, below);
    return new Flowing(sum(above, scaled, null, to), false);
  }

  static OnnxValue sigmoid(OnnxNode node, OnnxGraph to) {
    return function(new ActivationLayer(UNNAMED, Activation.SIGMOID), node, to);
  }

  static OnnxValue tanh(OnnxNode node, OnnxGraph to) {
    return function(new ActivationLayer(UNNAMED, Activation.TANH), node, to);
  }

  static OnnxValue hardSigmoid(OnnxNode node, OnnxGraph to) {
    float slope = node.number("alpha", 0.2f);
    return function(new HardSigmoidLayer(UNNAMED, slope, node.number("beta", 0.5f)), node, to);
  }

  static OnnxValue hardSwish(OnnxNode node, OnnxGraph to) {
    return function(new HardSwishLayer(UNNAMED), node, to);
  }

  static OnnxValue dropout(OnnxNode node, OnnxGraph to) {
    if (node.has(2) && node.constant(2, "training mode").integer(0) != 0) {
      throw new NotTakenException("it is in training mode", "export with model.eval()");
    }
    return node.input(0);
  }

  static OnnxValue add(OnnxNode node, OnnxGraph to) {
    if (!node.allFixed() && !node.isFixed(0) && !node.isFixed(1)) {
      return new Flowing(sum(node.values(0), node.values(1), null, to), false);
    }
    return arithmetic(node, to, Double::sum, constant -> new Operation.Affine(null, constant));
  }

  /**
   * The sum of two tensors that flow.
   *
   * @param codes what it gives, or null for values
   */
  static Signal sum(Signal left, Signal right, Codes codes, OnnxGraph to) {
    if (!left.shape().equals(right.shape())) {
      throw new NotTakenException(
          "it adds %s and %s".formatted(left.shape(), right.shape()),
          "add tensors of one shape, or a constant");
    }
    return to.step(new Operation.Add(), left.dimensions(), codes, left, right);
  }

  static OnnxValue subtract(OnnxNode node, OnnxGraph to) {
    boolean minuend = node.isFixed(0);
    Constant minus = Constant.ofReals(i -> -1);
    return arithmetic(
        node,
        to,
        (a, b) -> a - b,
        constant ->
            minuend
                ? new Operation.Affine(minus, constant)
                : new Operation.Affine(
                    null, Constant.ofReals(i -> -constant.real(i), constant.shape())));
  }

  static OnnxValue multiply(OnnxNode node, OnnxGraph to) {
    return arithmetic(node, to, (a, b) -> a * b, constant -> new Operation.Affine(constant, null));
  }

  static OnnxValue divide(OnnxNode node, OnnxGraph to) {
    if (node.isFixed(0) && !node.isFixed(1)) {
      throw new NotTakenException(
          "it divides a constant by what flows", "divide by a constant instead");
    }
    return arithmetic(
        node,
        to,
        (a, b) -> a / b,
        constant ->
            new Operation.Affine(
                Constant.ofReals(i -> 1 / constant.real(i), constant.shape()), null));
  }

  private static OnnxValue arithmetic(
      OnnxNode node,
      OnnxGraph to,
      DoubleBinaryOperator operator,
      Function<Constant, Operation.Affine> with) {
    if (node.allFixed()) {
      return new Fixed(
          Folding.arithmetic(node.constant(0, "operand"), node.constant(1, "operand"), operator));
    }
    boolean first = node.isFixed(0);
    if (!first && !node.isFixed(1)) {
      throw new NotTakenException(
          "it combines two tensors that flow", "use Add, or a constant as one of them");
    }
    Signal x = node.values(first ? 1 : 0);
    Operation.Affine affine = with.apply(node.constant(first ? 0 : 1, "operand"));
    return new Flowing(to.step(affine, x.dimensions(), x), false);
  }

  static OnnxValue batchNorm(OnnxNode node, OnnxGraph to) {
    if (node.integer("training_mode", 0) != 0 || node.outputCount() > 1) {
      throw new NotTakenException("it is in training mode", "export with model.eval()");
    }
    Signal x = node.values(0);
    if (x.rank() < 2) {
      throw new NotTakenException("its input is %s".formatted(x.shape()), "give it channels");
    }
    float[][] parts = new float[4][];
    for (int part = 0; part < 4; part++) {
      Constant constant = node.constant(part + 1, "parameter");
      if (constant.size() != x.dimension(1)) {
        throw new NotTakenException(
            "%s for %d channels".formatted(constant, x.dimension(1)), "give one per channel");
      }
      parts[part] = constant.floats();
    }
    float epsilon = node.number("epsilon", 1e-5f);
    return keepingShape(
        new Operation.BatchNorm(parts[0], parts[1], parts[2], parts[3], epsilon), node, to);
  }

  static OnnxValue softmax(OnnxNode node, OnnxGraph to) {
    Signal x = node.values(0);
    return new Flowing(softmax(node, x, node.opset(), to), false);
  }

  /** Softmax or its logarithm; before opset 13 over all axes from one on. */
  static Signal softmax(OnnxNode node, Signal x, int opset, OnnxGraph to) {
    int axis = OnnxNode.axis(node.integer("axis", opset < 13 ? 1 : -1), x.rank());
    if (axis != 1 && opset < 13 || axis != x.rank() - 1 || x.rank() != 2) {
      throw new NotTakenException(
          "it goes along axis %d of %s".formatted(axis, x.shape()),
          "apply it to samples x classes, along classes");
    }
    return to.step(new Operation.Softmax(node.operator().equals("LogSoftmax")), x.dimensions(), x);
  }

  static OnnxValue argmax(OnnxNode node, OnnxGraph to) {
    Signal x = node.values(0);
    int axis = OnnxNode.axis(node.integer("axis", 0), x.rank());
    if (axis != 1 || x.rank() != 2 || node.integer("select_last_index", 0) != 0) {
      throw new NotTakenException(
          "it goes along axis %d of %s, or takes the last of equals".formatted(axis, x.shape()),
          "apply it to samples x classes, along classes");
    }
    return new Flowing(to.step(new Operation.Argmax(), new int[] {x.dimension(0), 1}, x), false);
  }
}
