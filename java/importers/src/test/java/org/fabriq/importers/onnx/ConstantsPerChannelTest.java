// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.fabriq.importers.onnx.SmallModel.integer;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import org.fabriq.importing.Refusal;
import org.fabriq.importing.RefusedModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is one of per channel, where integers take one of a tensor or of an output. */
class ConstantsPerChannelTest {
  private static SmallModel image() {
    return quantized(new SmallModel(13).input("x", 1, 4, 6, 5).scalar("s", 0.02f));
  }

  private static SmallModel vector() {
    return quantized(new SmallModel(13).input("x", 1, 4).scalar("s", 0.02f));
  }

  private static SmallModel quantized(SmallModel model) {
    return model
        .scalar("z", DataType.INT8, 3)
        .node("QuantizeLinear", "x s z", "q")
        .node("DequantizeLinear", "q s z", "d");
  }

  private static RefusedModelException refused(SmallModel model) {
    return catchThrowableOfType(
        RefusedModelException.class,
        () ->
            SmallModel.imported(
                model
                    .node("QuantizeLinear", "c s z", "e")
                    .node("DequantizeLinear", "e s z", "y")
                    .giving("y")));
  }

  private static void assertPerInput(RefusedModelException refused, String operator, String of) {
    assertThat(refused.refusals()).extracting(Refusal::operator).containsExactly(operator);
    assertThat(refused)
        .hasMessageContaining("4 scales of weights int8" + of + " (outputs first) run along axis 1")
        .hasMessageContaining("quantize weights with one scale per output, or one for all");
  }

  @Test
  void ofConvolutionsTheDefaultAxisIsThatOfInputs() {
    SmallModel model =
        image()
            .codes("k", DataType.INT8, -100, 100, 6, 4, 3, 3)
            .positive("t", 4)
            .node("DequantizeLinear", "k t", "w")
            .node("Conv", "d w", "c");
    assertPerInput(refused(model), "Conv", "[6, 4, 3, 3]");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, -2", "1, 1", "1, -1"})
  void ofGemmTheAxisOfInputsDependsOnItsTransposition(int transposed, int axis) {
    SmallModel model =
        vector()
            .codes("k", DataType.INT8, -100, 100, transposed == 0 ? 4 : 3, transposed == 0 ? 3 : 4)
            .positive("t", 4)
            .node("DequantizeLinear", "k t", "w", integer("axis", axis))
            .node("Gemm", "d w", "c", integer("transB", transposed));
    assertPerInput(refused(model), "Gemm", "[3, 4]");
  }

  @Test
  void aFactorPerOutputDoesNotHideIt() {
    SmallModel model =
        vector()
            .codes("k", DataType.INT8, -100, 100, 4, 4)
            .positive("t", 4)
            .positive("f", 4)
            .node("DequantizeLinear", "k t", "w", integer("axis", 0))
            .node("MatMul", "d w", "m")
            .node("Mul", "m f", "c");
    assertPerInput(refused(model), "MatMul", "[4, 4]");
  }

  @Test
  void anAxisThatIsNotThereIsRefused() {
    SmallModel model =
        vector()
            .codes("k", DataType.INT8, -100, 100, 4, 3)
            .positive("t", 4)
            .node("DequantizeLinear", "k t", "w", integer("axis", 2))
            .node("MatMul", "d w", "c");
    assertThat(refused(model)).hasMessageContaining("axis 2 of 2 dimensions");
  }

  @ParameterizedTest
  @CsvSource({"QuantizeLinear, x", "DequantizeLinear, q"})
  void activationsHaveOneScale(String operator, String input) {
    SmallModel model =
        vector().positive("t", 4).node(operator, input + " t", "u").node("Relu", "d", "c");
    assertThat(refused(model.node("Relu", "u", "v")))
        .hasMessageContaining("activations have 4 scales, one per channel")
        .hasMessageContaining("quantize activations with one scale");
  }

  @Test
  void slopesPerChannelBetweenCodesAreRefused() {
    RefusedModelException refused = refused(image().random("t", 4, 1, 1).node("PRelu", "d t", "c"));
    assertThat(refused.refusals()).extracting(Refusal::operator).containsExactly("PRelu");
    assertThat(refused)
        .hasMessageContaining("it has a constant per channel")
        .hasMessageContaining("train PRelu with one slope");
  }
}
