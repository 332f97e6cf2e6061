// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.Arrays;
import java.util.List;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.HardSwishLayer;
import org.fabriq.model.LeakyReluLayer;

/** Operators on values one by one, and those that only give them another shape or meaning. */
final class ValueRules {
  private ValueRules() {}

  static void add(TfliteOperator operator, Signals to) {
    int left = operator.input(0);
    int right = operator.input(1);
    if (left < 0 || right < 0 || to.isConstant(left) && to.isConstant(right)) {
      throw new NotTakenException("a sum of no two tensors", "fold it into a constant");
    }
    if (to.isConstant(left) || to.isConstant(right)) {
      int x = to.isConstant(left) ? right : left;
      offset(operator, x, to.isConstant(left) ? left : right, to);
      return;
    }
    if (!Arrays.equals(to.tensor(left).shape(), to.tensor(right).shape())) {
      throw new NotTakenException(
          "%s and %s of two shapes".formatted(to.tensor(left), to.tensor(right)),
          "add tensors of one shape");
    }
    boolean image = to.isImage(left) || to.isImage(right);
    if (image) {
      each(operator, new Operation.Add(), List.of(to.image(left), to.image(right)), true, to);
    } else {
      each(operator, new Operation.Add(), List.of(to.plain(left), to.plain(right)), false, to);
    }
  }

  private static void offset(TfliteOperator operator, int x, int constant, Signals to) {
    Constant offset = to.constant("summand", constant);
    int[] sum = to.tensor(x).shape();
    int more = sum.length - offset.rank();
    for (int axis = 0; axis < offset.rank(); axis++) {
      int own = offset.dimension(axis);
      if (more < 0 || own != 1 && own != sum[axis + more]) {
        throw new NotTakenException(
            "%s added to %s".formatted(offset, to.tensor(x)),
            "let its dimensions be those of the other summand, or 1");
      }
    }
    boolean image = to.isImage(x) && offset.rank() <= 4;
    if (image) {
      int[] shape = {1, 1, 1, 1};
      int[] own = offset.shape();
      System.arraycopy(own, 0, shape, 4 - own.length, own.length);
      offset = offset.reshaped(shape).transposed(0, 3, 1, 2);
    }
    Operation affine = new Operation.Affine(null, offset);
    each(operator, affine, List.of(image ? to.image(x) : to.plain(x)), image, to);
  }

  static void relu(TfliteOperator operator, Signals to) {
    each(operator, new Operation.Clip(0, Float.POSITIVE_INFINITY), to);
  }

  static void relu6(TfliteOperator operator, Signals to) {
    each(operator, new Operation.Clip(0, 6), to);
  }

  static void reluOne(TfliteOperator operator, Signals to) {
    each(operator, new Operation.Clip(-1, 1), to);
  }

  static void logistic(TfliteOperator operator, Signals to) {
    function(operator, new ActivationLayer("sigmoid", Activation.SIGMOID), to);
  }

  static void tanh(TfliteOperator operator, Signals to) {
    function(operator, new ActivationLayer("tanh", Activation.TANH), to);
  }

  static void leakyRelu(TfliteOperator operator, Signals to) {
    function(operator, new LeakyReluLayer("leaky-relu", operator.options().number()), to);
  }

  static void hardSwish(TfliteOperator operator, Signals to) {
    function(operator, new HardSwishLayer("hard-swish"), to);
  }

  private static void function(TfliteOperator operator, FunctionLayer layer, Signals to) {
    each(operator, new Operation.Function(layer), to);
  }

  static void quantize(TfliteOperator operator, Signals to) {
    TfliteTensor output = to.tensor(operator.outputs()[0]);
    if (output.isFloat()) {
      throw new NotTakenException("%s as its output".formatted(output), "give codes");
    }
    each(operator, new Operation.Quantize(), to);
  }

  private static void each(TfliteOperator operator, Operation operation, Signals to) {
    int x = operator.input(0);
    boolean image = to.isImage(x);
    each(operator, operation, List.of(image ? to.image(x) : to.plain(x)), image, to);
  }

  /** Adds an operation that gives the shape that it takes. */
  private static void each(
      TfliteOperator operator,
      Operation operation,
      List<Signal> inputs,
      boolean image,
      Signals to) {
    int index = operator.outputs()[0];
    int[] shape = inputs.get(0).dimensions();
    if (image) {
      FusedActivation.image(operator, operation, inputs, to.imageOutput(index, shape), to);
    } else {
      FusedActivation.plain(operator, operation, inputs, to.plainOutput(index, shape), to);
    }
  }

  /** Codes count as what they stand for, so nothing is to be done. */
  static void dequantize(TfliteOperator operator, Signals to) {
    if (!to.tensor(operator.outputs()[0]).isFloat()) {
      throw new NotTakenException(
          "%s as its output".formatted(to.tensor(operator.outputs()[0])), "give fp32");
    }
    to.alias(operator.outputs()[0], operator.input(0));
  }

  static void softmax(TfliteOperator operator, Signals to) {
    if (operator.options().number() != 1) {
      throw new NotTakenException(
          "beta %s".formatted(operator.options().number()), "let beta be 1, scale before it");
    }
    Signal x = to.plain(operator.input(0));
    if (x.rank() != 2) {
      throw new NotTakenException(
          "softmax over %d dimensions".formatted(x.rank()), "take it of samples x values");
    }
    int index = operator.outputs()[0];
    Codes codes = to.plainOutput(index, x.dimensions()).codes();
    if (codes != null) {
      to.note(
          "The softmax %s gives fp32 values, not the file's int8 codes of them."
              .formatted(to.name(index)));
    }
    Signal output = Signal.of(to.name(index), x.dimensions());
    to.plain(index, new Operation.Softmax(false), List.of(x), output);
  }

  static void reshape(TfliteOperator operator, Signals to) {
    Signal x = to.plain(operator.input(0));
    int index = operator.outputs()[0];
    int[] shape = to.tensor(index).shape();
    if (shape.length == 0 || shape[0] != x.dimension(0) || to.tensor(index).size() != size(x)) {
      throw new NotTakenException(
          "%s from %s".formatted(Arrays.toString(shape), Arrays.toString(x.dimensions())),
          "keep the batch as axis 0 and all values of a sample");
    }
    Signal output = to.plainOutput(index, shape);
    to.plain(index, new Operation.Reshape(), List.of(x), output);
  }

  private static long size(Signal x) {
    return Arrays.stream(x.dimensions()).asLongStream().reduce(1, (a, b) -> a * b);
  }
}
