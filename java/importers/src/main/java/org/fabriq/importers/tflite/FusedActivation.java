// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.List;
import java.util.Map;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.tensorflow.lite.schema.ActivationFunctionType;

/** The limit that an operator of a file puts on what it gives. */
final class FusedActivation {
  private static final Map<Integer, Operation.Clip> CLIPS =
      Map.of(
          (int) ActivationFunctionType.RELU, new Operation.Clip(0, Float.POSITIVE_INFINITY),
          (int) ActivationFunctionType.RELU6, new Operation.Clip(0, 6),
          (int) ActivationFunctionType.RELU_N1_TO_1, new Operation.Clip(-1, 1));

  private FusedActivation() {}

  /** Adds an operation with the limit behind it, which gives the tensor of channels first. */
  static void image(
      TfliteOperator operator,
      Operation operation,
      List<Signal> inputs,
      Signal output,
      Signals to) {
    add(operator, operation, inputs, output, to);
    to.keepImage(operator.outputs()[0], output);
  }

  /** The same for a tensor in the file's form. */
  static void plain(
      TfliteOperator operator,
      Operation operation,
      List<Signal> inputs,
      Signal output,
      Signals to) {
    add(operator, operation, inputs, output, to);
    to.keepPlain(operator.outputs()[0], output);
  }

  private static void add(
      TfliteOperator operator,
      Operation operation,
      List<Signal> inputs,
      Signal output,
      Signals to) {
    Operation.Clip clip = clip(operator);
    if (clip == null) {
      to.add(operation, inputs, output);
      return;
    }
    Signal before = before(operation, inputs, output);
    to.add(operation, inputs, before);
    to.add(clip, List.of(before), output);
  }

  /**
   * What an operation gives before its limit: values that nothing has rounded yet where it
   * computes, codes of one meaning where it only moves them.
   */
  private static Signal before(Operation operation, List<Signal> inputs, Signal output) {
    boolean moves =
        operation instanceof Operation.MaxPool
            || operation instanceof Operation.AveragePool
            || operation instanceof Operation.Concat;
    Signal before = Signal.of(output.name() + ";unlimited", output.dimensions());
    return moves ? before.as(inputs.get(0).codes()) : before;
  }

  private static Operation.Clip clip(TfliteOperator operator) {
    int activation = operator.options().activation();
    Operation.Clip clip = CLIPS.get(activation);
    if (clip == null && activation != ActivationFunctionType.NONE) {
      throw new NotTakenException(
          "fused activation function %d".formatted(activation),
          "use ReLU, ReLU6, a clip to [-1, 1] or none there");
    }
    return clip;
  }
}
