// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.Int8Output;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.ReferenceMatmul;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.quant.CodeLoops;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops of the Vector API against the definition of one value. */
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

  @Test
  void requantizedRowsAreThoseOfTheDefinition() {
    for (int round = 0; round < 3000; round++) {
      int n = random.nextInt(1, 40);
      List<Requantization> multipliers = new ArrayList<>();
      int[] acc = new int[n];
      for (int i = 0; i < n; i++) {
        float power = Math.scalb(1f, random.nextInt(-24, 8));
        multipliers.add(
            Requantization.of(random.nextBoolean() ? power : power * random.nextFloat(1, 2)));
        acc[i] = accumulator(multipliers.get(i).multiplier());
      }
      int qmin = random.nextInt(-128, 128);
      Int8Output output =
          new Int8Output(multipliers, random.nextInt(-128, 128), qmin, random.nextInt(qmin, 128));
      WeightsI8I8 weights =
          WeightsI8I8.requantized(Int8Tensor.allocate(1, n), 0, null, acc, output);
      Int8Tensor a = Int8Tensor.allocate(1, 1);
      Int8Tensor codes = Int8Tensor.allocate(1, n);
      Int8Tensor expected = Int8Tensor.allocate(1, n);
      new JavaMatmul(weights).multiply(a, codes);
      ReferenceMatmul.multiply(a, weights, expected);
      assertThat(codes.mismatches(expected)).as("%s in %s", output, Arrays.toString(acc)).isZero();
    }
  }

  /** Anywhere, or at or beside a tie in the range of the codes or not far out of it. */
  private int accumulator(float multiplier) {
    if (random.nextInt(4) == 0) {
      return random.nextInt();
    }
    double tie = random.nextInt(-300, 300) + 0.5;
    return (int) (Math.rint(tie / multiplier) + random.nextInt(-1, 2));
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
