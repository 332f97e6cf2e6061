// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.Arrays;
import java.util.List;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;

/** Operators that multiply by weights. */
final class WeightRules {
  private WeightRules() {}

  static void fullyConnected(TfliteOperator operator, Signals to) {
    if (!operator.options().plainWeights()) {
      throw new NotTakenException("shuffled weights", "convert the model without shuffling");
    }
    Constant weight = weight(operator, 2, to);
    Signal x = to.plain(operator.input(0));
    int outputs = weight.dimension(0);
    if (x.rank() != 2 || x.dimension(1) != weight.dimension(1)) {
      x = flattened(operator, x, weight.dimension(1), to);
    }
    int output = operator.outputs()[0];
    Operation dense = new Operation.Dense(weight, bias(operator, x, weight, to));
    if (to.tensor(output).rank() == 2) {
      FusedActivation.plain(operator, dense, List.of(x), to.plainOutput(output, 1, outputs), to);
      return;
    }
    throw new NotTakenException(
        "outputs of %d dimensions".formatted(to.tensor(output).rank()),
        "flatten before it, so that it gives samples x values");
  }

  /** An image as a vector, where the file leaves that to the operator. */
  private static Signal flattened(TfliteOperator operator, Signal x, int inputs, Signals to) {
    if (Extent.elements(x.dimensions()) != inputs) {
      throw new NotTakenException(
          "%s for weights of %d inputs".formatted(Arrays.toString(x.dimensions()), inputs),
          "convert the model with a batch of 1 and weights that fit");
    }
    Signal flat = Signal.of(to.name(operator.outputs()[0]) + ";flattened", 1, inputs).as(x.codes());
    to.add(new Operation.Reshape(), List.of(x), flat);
    return flat;
  }

  static void convolution(TfliteOperator operator, Signals to) {
    Constant weight = weight(operator, 4, to).transposed(0, 3, 1, 2);
    Signal x = to.image(operator.input(0));
    int channels = x.dimension(1);
    if (channels % weight.dimension(1) != 0) {
      throw new NotTakenException(
          "weights over %d channels of %d".formatted(weight.dimension(1), channels),
          "let the channels be a multiple");
    }
    convolve(operator, x, weight, channels / weight.dimension(1), to);
  }

  static void depthwise(TfliteOperator operator, Signals to) {
    Constant stated = weight(operator, 4, to);
    Signal x = to.image(operator.input(0));
    if (stated.dimension(0) != 1) {
      throw new NotTakenException(
          "depthwise weights " + stated, "let them be 1 x height x width x outputs");
    }
    convolve(operator, x, stated.transposed(3, 0, 1, 2), x.dimension(1), to);
  }

  private static void convolve(
      TfliteOperator operator, Signal x, Constant weight, int groups, Signals to) {
    if (weight.dimension(0) % groups != 0) {
      throw new NotTakenException(
          "%d outputs in %d groups".formatted(weight.dimension(0), groups),
          "let the outputs be a multiple of the groups");
    }
    Window window =
        Windows.of(operator.options().walk(), weight.dimension(2), weight.dimension(3), x);
    Signal output =
        to.imageOutput(
            operator.outputs()[0],
            x.dimension(0),
            weight.dimension(0),
            window.outputHeight(x.dimension(2)),
            window.outputWidth(x.dimension(3)));
    double[] bias = bias(operator, x, weight, to);
    FusedActivation.image(
        operator, new Operation.Conv2d(weight, bias, window, groups), List.of(x), output, to);
  }

  private static Constant weight(TfliteOperator operator, int rank, Signals to) {
    Constant weight = to.constant("weights", operator.input(1));
    if (weight.rank() != rank) {
      throw new NotTakenException(
          "weights " + weight, "let them have %d dimensions".formatted(rank));
    }
    boolean values = !weight.type().isInteger() || weight.codes() != null;
    if (!values) {
      throw new NotTakenException("weights %s without scales".formatted(weight), "quantize them");
    }
    boolean codesIn = to.codes(operator.input(0)) != null;
    if (weight.codes() != null && !codesIn) {
      to.note(
          "Some weights of the file are int8 and their inputs fp32: FabriQ takes the weights for"
              + " the values of their codes, where TensorFlow Lite would also quantize the inputs"
              + " of each run.");
    }
    return weight;
  }

  /** The bias as values: those of an integer one are its product with the scales, in double. */
  private static double[] bias(TfliteOperator operator, Signal x, Constant weight, Signals to) {
    if (operator.input(2) < 0) {
      return null;
    }
    Constant bias = to.constant("bias", operator.input(2));
    if (bias.size() != weight.dimension(0)) {
      throw new NotTakenException(
          "%d biases for %d outputs".formatted(bias.size(), weight.dimension(0)),
          "give one for each output");
    }
    if (!bias.type().isInteger()) {
      return bias.reals();
    }
    if (x.codes() == null || weight.codes() == null) {
      throw new NotTakenException(
          "an integer bias between values", "quantize inputs and weights too, or none");
    }
    double[] values = new double[bias.size()];
    Encoding weights = weight.codesPerOutput().encoding();
    for (int n = 0; n < values.length; n++) {
      double unit = (double) x.codes().encoding().scale(0) * weights.scale(n);
      values[n] = bias.integer(n) * unit;
    }
    return values;
  }
}
