// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.SplittableRandom;
import org.fabriq.importing.Refusal;
import org.fabriq.importing.RefusedModelException;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.TensorType;

class TfliteRefusalsTest {
  private final Draft draft = new Draft(true, new SplittableRandom(7));

  private static RefusedModelException refused(byte[] file) {
    return catchThrowableOfType(
        RefusedModelException.class, () -> TfliteImporter.read("m.tflite", file, false));
  }

  @Test
  void namesAllOperatorsThatAreNotTaken() {
    int in = draft.value(1, 8);
    int gelu = draft.value(1, 8);
    int custom = draft.value(1, 8);
    int unknown = draft.value(1, 8);
    draft.writer.operator(BuiltinOperator.GELU, Draft.of(in), gelu);
    draft.writer.operator(BuiltinOperator.RELU, Draft.of(gelu), draft.value(1, 8));
    draft.writer.custom("Mystery", Draft.of(in), custom);
    draft.writer.operator(9999, Draft.of(custom), unknown);
    int tanh = SmallModels.dense(draft, in, 3, ActivationFunctionType.TANH);
    RefusedModelException e = refused(draft.bytes(in, tanh));
    assertThat(e.refusals())
        .extracting(Refusal::operator)
        .containsExactly("GELU", "CUSTOM Mystery", "BUILTIN 9999", "FULLY_CONNECTED");
    assertThat(e).hasMessageContaining("4 operations not taken").hasMessageContaining("t1");
  }

  @Test
  void refusesActivationsOf16Bits() {
    int x =
        draft.writer.tensor(
            TensorType.INT16, new int[] {1, 8}, new float[] {1}, new long[1], 0, null);
    draft.writer.operator(BuiltinOperator.GELU, Draft.of(x), draft.value(1, 8));
    RefusedModelException e = refused(draft.bytes(x, x + 1));
    assertThat(e).hasMessageContaining("INT16").hasMessageContaining("GELU");
  }

  @Test
  void refusesBatchesAndSeveralInputs() {
    int x = draft.value(2, 8);
    draft.writer.operator(BuiltinOperator.RELU, Draft.of(x), draft.value(2, 8));
    assertThat(refused(draft.bytes(x, 1))).hasMessageContaining("batch of 1");
    Draft two = new Draft(true, new SplittableRandom(7));
    two.writer.operator(BuiltinOperator.RELU, Draft.of(two.value(1, 8)), two.value(1, 8));
    byte[] file = two.writer.bytes(new int[] {0, 1}, 1);
    assertThat(refused(file)).hasMessageContaining("2 inputs");
  }

  @Test
  void refusesWeightsThatAnOperatorMakes() {
    int x = draft.value(1, 8);
    int out = draft.value(1, 4);
    draft.writer.operator(BuiltinOperator.FULLY_CONNECTED, Draft.of(x, x, -1), out);
    assertThat(refused(draft.bytes(x, out))).hasMessageContaining("weights from an operator");
  }

  @Test
  void refusesAScalePerInput() {
    int x = draft.value(1, 8);
    int weight = draft.weights(1, 9, 8);
    int bias = draft.bias(x, draft.weights(0, 9, 8), 9);
    int out = draft.value(1, 9);
    draft.writer.operator(BuiltinOperator.FULLY_CONNECTED, Draft.of(x, weight, bias), out);
    assertThat(refused(draft.bytes(x, out)))
        .hasMessageContaining("8 scales of weights int8[9, 8] (outputs first) run along axis 1");
  }

  @Test
  void refusesAConcatenationAlongHeight() {
    int x = draft.value(1, 2, 2, 3);
    int out = draft.value(1, 4, 2, 3);
    draft.writer.operator(
        BuiltinOperator.CONCATENATION,
        BuiltinOptions.ConcatenationOptions,
        b -> ConcatenationOptions.createConcatenationOptions(b, 1, (byte) 0),
        Draft.of(x, x),
        out);
    assertThat(refused(draft.bytes(x, out))).hasMessageContaining("axis 1 of 4 dimensions");
  }
}
