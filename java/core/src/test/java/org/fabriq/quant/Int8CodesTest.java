// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Allocated;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectorized loops against the definition, element by element. */
class Int8CodesTest {
  private static final int CALLS = 2_000;
  private static final float[] SCALES = {
    1,
    0.5f,
    0x1p-4f,
    0x1p20f,
    1 / 127f,
    1 / 255f,
    0.1f,
    0.3f,
    3,
    1.07f,
    0x1.fffffep-8f,
    0x1.000002p3f,
    1e-20f,
    1e30f,
    Float.MIN_VALUE,
    0x0.fffffep-126f,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    0x1p-125f,
    0x1p126f
  };

  private final SplittableRandom random = Seed.random("int8 codes");

  private List<Encoding> encodings(float scale) {
    return List.of(
        Encoding.perTensor(8, true, scale, 0),
        Encoding.perTensor(8, true, scale, -128),
        Encoding.perTensor(8, true, scale, 127),
        Encoding.perTensor(8, true, scale, random.nextInt(-128, 128)),
        new Encoding(8, true, true, new float[] {scale}, new int[] {1}),
        Encoding.perTensor(7, false, scale, 3),
        Encoding.perTensor(4, true, scale, -1),
        Encoding.perTensor(1, true, scale, 0));
  }

  @Test
  void tiesAndTheirNeighboursAreThoseOfTheDefinition() {
    List<Float> scales = new ArrayList<>();
    for (float scale : SCALES) {
      scales.add(scale);
    }
    for (int i = 0; i < 200; i++) {
      scales.add(Math.abs(Float.intBitsToFloat(random.nextInt(1, 0x7f800000))));
    }
    for (float scale : scales) {
      Float32Tensor values = halves(scale);
      for (Encoding encoding : encodings(scale)) {
        check(encoding, values);
      }
    }
  }

  /** Multiples of S / 2 as fp32 has them, with two neighbours on each side. */
  private static Float32Tensor halves(float scale) {
    List<Float> values = new ArrayList<>();
    for (int half = -600; half <= 600; half++) {
      float x = (float) (half * 0.5 * scale);
      values.add(x);
      values.add(Math.nextUp(x));
      values.add(Math.nextDown(x));
      values.add(Math.nextUp(Math.nextUp(x)));
      values.add(Math.nextDown(Math.nextDown(x)));
    }
    return tensor(values);
  }

  @Test
  void extremesAreThoseOfTheDefinition() {
    Float32Tensor values =
        tensor(
            List.of(
                0f,
                -0f,
                Float.MIN_VALUE,
                -Float.MIN_VALUE,
                Float.MIN_NORMAL,
                -Float.MIN_NORMAL,
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                0x1p23f,
                -0x1p24f,
                0x1p31f,
                -0x1p32f));
    for (float scale : SCALES) {
      Float32Tensor many = repeated(values, 41);
      for (Encoding encoding : encodings(scale)) {
        check(encoding, values);
        check(encoding, many);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 1 / 127f, 0.0123f, 0x1p-126f, 2e30f})
  void everyThousandthFloatIsThatOfTheDefinition(float scale) {
    int step = 1021;
    Float32Tensor values = Float32Tensor.allocate((int) (0xff000000L / step));
    long bits = 0;
    for (int i = 0; i < values.size(); i++, bits += step) {
      int magnitude = (int) (bits >>> 1);
      float x = Float.intBitsToFloat(magnitude | (int) bits << 31);
      values.set(i, x);
    }
    check(Encoding.perTensor(8, true, scale, 5), values);
  }

  @Test
  void everyLengthAndOffsetIsThatOfTheDefinition() {
    Encoding one = Encoding.perTensor(8, true, 0.25f, -7);
    for (int length = 1; length <= 1100; length += length < 40 ? 1 : 53) {
      Float32Tensor values = Float32Tensor.allocate(3, length);
      for (int i = 0; i < values.size(); i++) {
        values.set(i, random.nextInt(-300, 300) * 0.125f);
      }
      check(one, values);
      check(one, values.rows(1, 3));
      check(
          new Encoding(8, true, false, new float[] {1, 0.25f, 0.7f}, new int[] {0, 9, -9}), values);
    }
  }

  @Test
  void nanIsAnErrorWithItsIndex() {
    for (int length : new int[] {1, 15, 16, 511, 512, 513, 3000}) {
      for (int at : new int[] {0, length / 2, length - 1}) {
        Float32Tensor values = Float32Tensor.allocate(length);
        values.set(at, Float.intBitsToFloat(at % 2 == 0 ? 0x7fc00001 : 0xff800001));
        values.set(length - 1, Float.NaN);
        assertThatThrownBy(() -> Encoding.perTensor(8, true, 1, 0).quantize(values))
            .isInstanceOf(InvalidArgumentException.class)
            .hasMessageContaining("NaN at index " + at + " ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1})
  void aCallAllocatesNothing(int axis) {
    float[] scales = {0.3f, 0.1f};
    Encoding encoding = new Encoding(8, true, false, scales, new int[] {0, 3}, axis);
    Float32Tensor values = Float32Tensor.allocate(2, 2, 500, axis < 0 ? 2 : 1);
    Int8Tensor codes = Int8Tensor.allocate(values.shape());
    Runnable calls =
        () -> {
          for (int i = 0; i < CALLS; i++) {
            encoding.quantize(values, codes);
            encoding.dequantize(codes, values);
          }
        };
    assertThat(Allocated.by(calls)).isLessThan(CALLS);
  }

  private static void check(Encoding encoding, Float32Tensor values) {
    Int8Tensor codes = encoding.quantize(values);
    Int8Tensor expected = Int8Tensor.allocate(values.shape());
    Float32Tensor back = encoding.dequantize(codes);
    Float32Tensor expectedBack = Float32Tensor.allocate(values.shape());
    int channels = encoding.scales().length;
    int run = values.size() / channels;
    for (int channel = 0; channel < channels; channel++) {
      int from = channel * run;
      int to = from + run;
      int nan =
          ReferenceInt8Codes.quantize(
              values.floats(), expected.memory(), from, to, encoding, channel);
      assertThat(nan).isEqualTo(-1);
      ReferenceInt8Codes.dequantize(
          expected.memory(), expectedBack.floats(), from, to, encoding, channel);
    }
    assertThat(codes.mismatches(expected)).as("%s", encoding).isZero();
    assertThat(back.mismatches(expectedBack)).as("%s", encoding).isZero();
  }

  private static Float32Tensor repeated(Float32Tensor values, int times) {
    Float32Tensor many = Float32Tensor.allocate(times * values.size());
    for (int i = 0; i < many.size(); i++) {
      many.set(i, values.get(i % values.size()));
    }
    return many;
  }

  private static Float32Tensor tensor(List<Float> values) {
    Float32Tensor tensor = Float32Tensor.allocate(values.size());
    for (int i = 0; i < values.size(); i++) {
      tensor.set(i, values.get(i));
    }
    return tensor;
  }
}
