// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.List;
import org.fabriq.importers.graph.NotTakenException;

/**
 * How a type of operator becomes operations of FabriQ: a row of {@link #ALL}.
 *
 * @param type as {@code CONV_2D}
 * @param rule adds operations to the signals of a model
 */
record OperatorRule(String type, Rule rule) {
  /** Adds what an operator is. */
  @FunctionalInterface
  interface Rule {
    /**
     * @throws NotTakenException if it is not taken
     */
    void translate(TfliteOperator operator, Signals to);
  }

  static final List<OperatorRule> ALL =
      List.of(
          new OperatorRule("FULLY_CONNECTED", WeightRules::fullyConnected),
          new OperatorRule("CONV_2D", WeightRules::convolution),
          new OperatorRule("DEPTHWISE_CONV_2D", WeightRules::depthwise),
          new OperatorRule("AVERAGE_POOL_2D", ImageRules::averagePool),
          new OperatorRule("MAX_POOL_2D", ImageRules::maxPool),
          new OperatorRule("MEAN", ImageRules::mean),
          new OperatorRule("PAD", ImageRules::pad),
          new OperatorRule("CONCATENATION", ImageRules::concatenation),
          new OperatorRule("ADD", ValueRules::add),
          new OperatorRule("RELU", ValueRules::relu),
          new OperatorRule("RELU6", ValueRules::relu6),
          new OperatorRule("RELU_N1_TO_1", ValueRules::reluOne),
          new OperatorRule("LOGISTIC", ValueRules::logistic),
          new OperatorRule("TANH", ValueRules::tanh),
          new OperatorRule("LEAKY_RELU", ValueRules::leakyRelu),
          new OperatorRule("HARD_SWISH", ValueRules::hardSwish),
          new OperatorRule("SOFTMAX", ValueRules::softmax),
          new OperatorRule("QUANTIZE", ValueRules::quantize),
          new OperatorRule("DEQUANTIZE", ValueRules::dequantize),
          new OperatorRule("RESHAPE", ValueRules::reshape),
          new OperatorRule("SQUEEZE", ValueRules::reshape));

  /**
   * The row of an operator.
   *
   * @throws NotTakenException if there is none
   */
  static OperatorRule of(TfliteOperator operator) {
    return ALL.stream()
        .filter(row -> row.type.equals(operator.type()))
        .findFirst()
        .orElseThrow(
            () ->
                new NotTakenException(
                    "no operator that FabriQ takes", "train or convert the model without it"));
  }
}
