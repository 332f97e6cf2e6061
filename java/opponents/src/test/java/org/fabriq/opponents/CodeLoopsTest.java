// SPDX-License-Identifier: Apache-2.0
package org.fabriq.opponents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.CodeLoops;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors quantized with the Vector API against the definition of one value. */
class CodeLoopsTest {
  private final SplittableRandom random = Seed.random("code loops");

  @Test
  void thisJvmHasThem() {
    assertThat(ServiceLoader.load(CodeLoops.class)).hasSize(1).allMatch(CodeLoops::available);
  }

  @ParameterizedTest
  @ValueSource(
      floats = {1, 0x1p-4f, 1 / 127f, 0.1f, 1.07f, 1e-20f, 1e30f, Float.MIN_VALUE, 0x1p126f})
  void tiesNeighboursAndExtremesAreThoseOfTheDefinition(float scale) {
    float[] extremes = {
      0,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      0x1p23f,
      -0x1p32f
    };
    Float32Tensor values = Float32Tensor.allocate(601 * 4 + extremes.length);
    int i = 0;
    for (int half = -300; half <= 300; half++) {
      float x = (float) (half * 0.5 * scale);
      values.set(i++, x);
      values.set(i++, Math.nextUp(x));
      values.set(i++, Math.nextDown(x));
      values.set(i++, (float) (random.nextDouble(-150, 150) * scale));
    }
    for (float x : extremes) {
      values.set(i++, x);
    }
    check(Encoding.perTensor(8, true, scale, 0), values);
    check(Encoding.perTensor(8, true, scale, -128), values);
    check(Encoding.perTensor(7, false, scale, 100), values);
    check(Encoding.perTensor(3, true, scale, 1), values);
  }

  @Test
  void everyLengthIsThatOfTheDefinition() {
    for (int length = 1; length < 70; length++) {
      Float32Tensor values = Float32Tensor.allocate(2, length);
      for (int i = 0; i < values.size(); i++) {
        values.set(i, random.nextInt(-600, 600) * 0.125f);
      }
      check(new Encoding(8, true, true, new float[] {0.25f, 0.3f}, new int[] {5, -9}), values);
    }
  }

  @Test
  void nanIsAnErrorWithItsIndex() {
    for (int at : new int[] {0, 7, 8, 37, 63, 66}) {
      Float32Tensor values = Float32Tensor.allocate(67);
      values.set(at, Float.NaN);
      values.set(66, Float.NaN);
      assertThatThrownBy(() -> Encoding.perTensor(8, true, 1, 0).quantize(values))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("NaN at index " + at + " ");
    }
  }

  private static void check(Encoding encoding, Float32Tensor values) {
    Int8Tensor codes = encoding.quantize(values);
    Float32Tensor back = encoding.dequantize(codes);
    int run = values.size() / encoding.scales().length;
    for (int i = 0; i < values.size(); i++) {
      int q = encoding.quantize(values.get(i), i / run);
      assertThat((int) codes.get(i)).as("%s of %s", encoding, values.get(i)).isEqualTo(q);
      assertThat(back.get(i)).isEqualTo(encoding.dequantize(q, i / run));
    }
  }
}
