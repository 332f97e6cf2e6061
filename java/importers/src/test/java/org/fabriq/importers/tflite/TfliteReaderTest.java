// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fabriq.FileFormatException;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

class TfliteReaderTest {
  private static final float[] NONE = {};
  private static final long[] NO_ZEROS = {};

  private final Draft draft = new Draft(true, new SplittableRandom(7));

  private static void refuses(byte[] file, String... parts) {
    assertThatThrownBy(() -> TfliteImporter.read("m.tflite", file, false))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith("m.tflite, ")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  /** A model whose only operator takes and gives these tensors. */
  private byte[] relu(int in, int out) {
    draft.writer.operator(BuiltinOperator.RELU, Draft.of(in), out);
    return draft.bytes(in, out);
  }

  @Test
  void readsWhatTheWriterWrote() {
    int x = draft.value(0.5f, -3, 1, 4);
    int out = SmallModels.dense(draft, x, 2, (byte) 1);
    TfliteModel model = TfliteReader.read("m.tflite", draft.bytes(x, out));
    assertThat(model.tensors()).hasSize(4);
    assertThat(model.tensor(x).scales()).containsExactly(0.5f);
    assertThat(model.tensor(x).zeroPoints()).containsExactly(-3);
    assertThat(model.tensor(x).isConstant()).isFalse();
    assertThat(model.operators()).hasSize(1);
    assertThat(model.operators().get(0).type()).isEqualTo("FULLY_CONNECTED");
    assertThat(model.operators().get(0).options().activation()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoModel() {
    refuses(new byte[0], "nothing found", "TFL3");
    refuses("PK..not a model".getBytes(US_ASCII), "a zip archive", "TFL3");
    assertThatThrownBy(() -> new TfliteImporter().read(Path.of("no-such.tflite")))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void refusesAnOffsetThatLeavesTheFile() {
    byte[] file = relu(draft.value(1, 4), draft.value(1, 4));
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(0, Integer.MAX_VALUE - 8);
    refuses(file, "root: an offset to what is not there", "416 bytes expected");
  }

  @Test
  void refusesTensorsThatAreNotThere() {
    int x = draft.value(1, 4);
    draft.writer.operator(BuiltinOperator.RELU, Draft.of(77), x);
    refuses(draft.bytes(x, x), "operator 0 inputs", "tensor 77");
  }

  @Test
  void refusesTensorsThatNothingMakes() {
    int x = draft.value(1, 4);
    int late = draft.value(1, 4);
    int out = draft.value(1, 4);
    draft.writer.operator(BuiltinOperator.RELU, Draft.of(late), out);
    draft.writer.operator(BuiltinOperator.RELU, Draft.of(x), late);
    refuses(draft.bytes(x, out), "operator 0 (RELU) inputs", "tensor 1 (t1)", "made before");
  }

  @Test
  void refusesTensorsThatAreMadeTwice() {
    int x = draft.value(1, 4);
    int out = draft.value(1, 4);
    draft.writer.operator(BuiltinOperator.RELU, Draft.of(x), out);
    draft.writer.operator(BuiltinOperator.RELU, Draft.of(x), out);
    refuses(draft.bytes(x, out), "operator 1 (RELU) outputs", "made once");
  }

  @Test
  void refusesShapesThatAreTooLarge() {
    int[] shape = {1, 1 << 20, 1 << 20, 4};
    int x = draft.writer.tensor(TensorType.FLOAT32, shape, NONE, NO_ZEROS, 0, null);
    refuses(relu(x, draft.value(1, 4)), "tensor 0 shape", "dimension 1,048,576");
    Draft negative = new Draft(true, new SplittableRandom(7));
    int y = negative.writer.tensor(TensorType.FLOAT32, new int[] {1, -4}, NONE, NO_ZEROS, 0, null);
    negative.writer.operator(BuiltinOperator.RELU, Draft.of(y), y);
    refuses(negative.bytes(y, y), "tensor 0 shape", "dimension -4");
  }

  @Test
  void refusesShapesThatAreNotThoseOfTheirOperator() {
    refuses(relu(draft.value(1, 4), draft.value(1, 5)), "operator 0 (RELU) outputs", "[1, 4]");
  }

  @Test
  void refusesScalesThatAreNone() {
    refuses(relu(draft.value(Float.NaN, 0, 1, 4), draft.value(1, 4)), "tensor 0 scale: NaN");
  }

  @Test
  void refusesManyVectorsInOnePlace() {
    int x = draft.value(1, 4);
    float[] scales = new float[3000];
    Arrays.fill(scales, 1);
    long[] zeros = new long[3000];
    for (int i = 0; i < 200; i++) {
      draft.writer.tensor(TensorType.INT8, new int[] {1, 4}, scales, zeros, 0, null);
    }
    byte[] file = relu(x, draft.value(1, 4));
    assertThat(file.length).isLessThan(100_000);
    refuses(file, "vectors that overlap", "one place for each");
  }
}
