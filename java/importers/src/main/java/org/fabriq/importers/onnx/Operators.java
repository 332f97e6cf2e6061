// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fabriq.importers.graph.NotTakenException;

/** The operators that are taken: a new one is a row here and a rule. */
final class Operators {
  /** What a node of an operator gives. */
  @FunctionalInterface
  interface Rule {
    /**
     * Translates a node, all of whose inputs are known.
     *
     * @return its first output
     * @throws NotTakenException if the node is not taken
     */
    OnnxValue translate(OnnxNode node, OnnxGraph to);
  }

  private static final Set<String> QONNX =
      Set.of("finn.custom_op.general", "qonnx.custom_op.general", "onnx.brevitas");

  /** Operators of ONNX. */
  static final Map<String, Rule> ONNX = onnx();

  /** Operators of com.microsoft. */
  static final Map<String, Rule> MICROSOFT = microsoft();

  /** Operators of QONNX, in any of its three domains. */
  static final Map<String, Rule> QUANT =
      new TreeMap<>(
          Map.of(
              "Quant", QonnxRules::quant,
              "IntQuant", QonnxRules::quant,
              "BipolarQuant", QonnxRules::bipolar));

  /** What {@link CodeTables} makes of several nodes. */
  private static final Map<String, Rule> JOINED = Map.of("Gather", CodeRules::table);

  private Operators() {}

  private static Map<String, Rule> onnx() {
    Map<String, Rule> rules = new TreeMap<>();
    rules.put("Add", ElementRules::add);
    rules.put("ArgMax", ElementRules::argmax);
    rules.put("AveragePool", PoolRules::average);
    rules.put("BatchNormalization", ElementRules::batchNorm);
    rules.put("Cast", Folding::cast);
    rules.put("Clip", ElementRules::clip);
    rules.put("Concat", LayoutRules::concat);
    rules.put("Constant", Folding::constant);
    rules.put("ConstantOfShape", Folding::constantOfShape);
    rules.put("Conv", WeightRules::conv);
    rules.put("DequantizeLinear", CodeRules::dequantize);
    rules.put("Div", ElementRules::divide);
    rules.put("Dropout", ElementRules::dropout);
    rules.put("Flatten", LayoutRules::flatten);
    rules.put("Gather", Folding::gather);
    rules.put("Gemm", WeightRules::gemm);
    rules.put("GlobalAveragePool", PoolRules::globalAverage);
    rules.put("GlobalMaxPool", PoolRules::globalMax);
    rules.put("HardSigmoid", ElementRules::hardSigmoid);
    rules.put("HardSwish", ElementRules::hardSwish);
    rules.put("Identity", LayoutRules::identity);
    rules.put("LeakyRelu", ElementRules::leakyRelu);
    rules.put("LogSoftmax", ElementRules::softmax);
    rules.put("MatMul", WeightRules::matmul);
    rules.put("MaxPool", PoolRules::max);
    rules.put("Mul", ElementRules::multiply);
    rules.put("PRelu", ElementRules::parametricRelu);
    rules.put("Pad", LayoutRules::pad);
    rules.put("QLinearConv", QLinearRules::conv);
    rules.put("QLinearMatMul", QLinearRules::matmul);
    rules.put("QuantizeLinear", CodeRules::quantize);
    rules.put("ReduceMean", PoolRules::mean);
    rules.put("Relu", ElementRules::relu);
    rules.put("Reshape", LayoutRules::reshape);
    rules.put("Shape", Folding::shape);
    rules.put("Sigmoid", ElementRules::sigmoid);
    rules.put("Slice", Folding::slice);
    rules.put("Softmax", ElementRules::softmax);
    rules.put("Squeeze", LayoutRules::squeeze);
    rules.put("Sub", ElementRules::subtract);
    rules.put("Tanh", ElementRules::tanh);
    rules.put("Transpose", LayoutRules::transpose);
    rules.put("Unsqueeze", LayoutRules::unsqueeze);
    return rules;
  }

  private static Map<String, Rule> microsoft() {
    Map<String, Rule> rules = new TreeMap<>();
    rules.put("DequantizeLinear", CodeRules::dequantize);
    rules.put("QGemm", QLinearRules::gemm);
    rules.put("QLinearAdd", QLinearRules::add);
    rules.put("QLinearAveragePool", QLinearRules::averagePool);
    rules.put("QLinearConcat", QLinearRules::concat);
    rules.put("QLinearConv", QLinearRules::conv);
    rules.put("QLinearGlobalAveragePool", QLinearRules::globalAveragePool);
    rules.put("QLinearLeakyRelu", QLinearRules::leakyRelu);
    rules.put("QLinearMul", QLinearRules::multiply);
    rules.put("QLinearSigmoid", QLinearRules::sigmoid);
    rules.put("QLinearSoftmax", QLinearRules::softmax);
    rules.put("QuantizeLinear", CodeRules::quantize);
    return rules;
  }

  /**
   * The rule of an operator.
   *
   * @throws NotTakenException if there is none
   */
  static Rule rule(String domain, String operator) {
    Map<String, Rule> rules = Map.of();
    if (domain.isEmpty() || domain.equals("ai.onnx")) {
      rules = ONNX;
    } else if (domain.equals("com.microsoft")) {
      rules = MICROSOFT;
    } else if (domain.equals(CodeTables.DOMAIN)) {
      rules = JOINED;
    } else if (QONNX.contains(domain)) {
      rules = QUANT;
    }
    Rule rule = rules.get(operator);
    if (rule == null) {
      throw new NotTakenException(
          "FabriQ has no such operator%s".formatted(domain.isEmpty() ? "" : " of domain " + domain),
          Remedies.of(operator));
    }
    return rule;
  }
}
