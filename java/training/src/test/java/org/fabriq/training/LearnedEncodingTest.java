// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values against java/core's quantizers to the bit, gradients against their definition. */
class LearnedEncodingTest extends TorchTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 40;

  @ParameterizedTest
  @CsvSource({"2,0", "2,-1", "3,0", "4,7", "4,-8", "5,0", "6,3", "7,0", "8,0", "8,-128", "8,127"})
  void valuesAndGradientsAreThoseOfTheDefinition(int bits, int zero) {
    check(Encoding.perTensor(bits, true, 0.37f, zero), bits + 100 * zero);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void everyChannelHasItsOwnScale(int bits) {
    float[] scales = {0.37f, 0.003f, 1};
    check(new Encoding(bits, true, false, scales, new int[] {0, -1, 1}), bits);
    check(new Encoding(bits, true, true, scales, new int[ROWS]), bits);
    check(new Encoding(bits, true, false, scales, new int[] {0, -1, 1}, 1), bits);
    check(new Encoding(bits, true, true, scales, new int[ROWS], -1), bits);
  }

  private static void check(Encoding encoding, int seed) {
    Float32Tensor x = values(encoding, seed);
    Float32Tensor upstream = Float32Tensor.allocate(x.shape());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < x.size(); i++) {
      upstream.set(i, (float) random.nextDouble(-1, 1));
    }
    int count = encoding.perChannel() ? COLUMNS : ROWS * COLUMNS;
    LearnedEncoding scale = LearnedEncoding.ofWeights(manager, "w", encoding, count, 2);
    NDArray in = array(x);
    NDArray s = scale.parameters().findFirst().orElseThrow().getArray();
    in.setRequiresGradient(true);
    s.setRequiresGradient(true);
    try (GradientCollector gradients = engine.newGradientCollector()) {
      NDArray out = scale.apply(in, Parameter::getArray);
      Float32Tensor forward = Float32Tensor.of(out.toFloatArray(), x.shape());
      assertThat(forward.mismatches(encoding.dequantize(encoding.quantize(x)))).isZero();
      gradients.backward(out.mul(array(upstream)).sum());
    }
    assertThat(in.getGradient().toFloatArray()).isEqualTo(inputGradient(encoding, x, upstream));
    double[] expected = scaleGradient(encoding, x, upstream, count);
    float[] found = s.getGradient().toFloatArray();
    for (int channel = 0; channel < expected.length; channel++) {
      assertThat((double) found[channel])
          .as("channel %d, seed %d", channel, seed)
          .isCloseTo(expected[channel], within(1e-5 * (1 + Math.abs(expected[channel]))));
    }
  }

  /** Ties, bounds, their neighbours and values far outside, then random ones; in each channel. */
  private static Float32Tensor values(Encoding encoding, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Float32Tensor x = Float32Tensor.allocate(ROWS, COLUMNS);
    for (int row = 0; row < ROWS; row++) {
      float s = encoding.scale(row);
      int n = encoding.qmin() - encoding.zeroPoint(row);
      int p = encoding.qmax() - encoding.zeroPoint(row);
      float[] chosen = {
        0,
        -0f,
        n * s,
        p * s,
        Math.nextUp(p * s),
        Math.nextDown(n * s),
        1e30f,
        -1e30f,
        0.5f * s,
        -0.5f * s,
        1.5f * s,
        (p + 0.5f) * s,
        (n - 0.5f) * s,
        (p - 0.5f) * s,
        Float.MIN_VALUE,
        -Float.MIN_NORMAL
      };
      for (int i = 0; i < COLUMNS; i++) {
        float any = (float) (random.nextDouble(1.3 * n - 1, 1.3 * p + 1) * s);
        x.set(row, i, i < chosen.length ? chosen[i] : any);
      }
    }
    return encoding.axis() == 0 ? x : x.transpose();
  }

  private static float[] inputGradient(Encoding e, Float32Tensor x, Float32Tensor upstream) {
    float[] gradient = new float[x.size()];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = inside(e, e.channel(x, i), x.get(i)) ? upstream.get(i) : 0 * upstream.get(i);
    }
    return gradient;
  }

  private static double[] scaleGradient(
      Encoding e, Float32Tensor x, Float32Tensor upstream, int count) {
    double[] sums = new double[e.scales().length];
    for (int i = 0; i < x.size(); i++) {
      int row = e.channel(x, i);
      double v = (double) x.get(i) / e.scale(row);
      double n = e.qmin() - e.zeroPoint(row);
      double p = e.qmax() - e.zeroPoint(row);
      double slope = v < n ? n : v > p ? p : Math.rint(v) - v;
      double g = 1 / Math.sqrt(count * (p == 0 ? -n : p));
      sums[row] += upstream.get(i) * g * slope;
    }
    return sums;
  }

  private static boolean inside(Encoding e, int row, float x) {
    double v = (double) x / e.scale(row);
    return v >= e.qmin() - e.zeroPoint(row) && v <= e.qmax() - e.zeroPoint(row);
  }

  @Test
  void gradientOfOneValueByHand() {
    LearnedEncoding scale = weights(Encoding.perTensor(3, true, 0.5f, 0));
    NDArray x = manager.create(new float[] {0.7f}, new Shape(1, 1));
    NDArray s = scale.parameters().findFirst().orElseThrow().getArray();
    s.setRequiresGradient(true);
    try (GradientCollector gradients = engine.newGradientCollector()) {
      gradients.backward(scale.apply(x, Parameter::getArray).sum());
    }
    // v = 1.4, halfEven(v) = 1, g = 1 / sqrt(12 * 3) = 1 / 6
    assertThat(s.getGradient().toFloatArray()[0]).isCloseTo(-0.4f / 6, within(1e-6f));
  }

  @Test
  void gradientsOfAZeroPointByHand() {
    Encoding start = Encoding.perTensor(4, true, 0.5f, 3);
    LearnedEncoding encoding = LearnedEncoding.ofActivations(manager, "x", start, 4, 2, true);
    List<Parameter> parameters = encoding.parameters().toList();
    parameters.get(1).getArray().set(new float[] {2.6f});
    parameters.forEach(parameter -> parameter.getArray().setRequiresGradient(true));
    // Z = 3, n = -11, p = 4: below, inside, above twice
    NDArray x = manager.create(new float[] {-9, 0.7f, 4, 6}, new Shape(2, 2));
    try (GradientCollector gradients = engine.newGradientCollector()) {
      NDArray out = encoding.apply(x, Parameter::getArray);
      assertThat(out.toFloatArray()).containsExactly(-5.5f, 0.5f, 2, 2);
      gradients.backward(out.sum());
    }
    // g = 1 / sqrt(4 * 4) = 1 / 4
    float scale = parameters.get(0).getArray().getGradient().toFloatArray()[0];
    float zero = parameters.get(1).getArray().getGradient().toFloatArray()[0];
    assertThat(scale).isCloseTo((-11 + (1 - 1.4f) + 4 + 4) / 4, within(1e-5f));
    assertThat(zero).isCloseTo(3 * -0.5f / 4, within(1e-6f));
    assertThat(encoding.encoding()).isEqualTo(start);
  }

  @Test
  void scalesStayAboveZeroAndZeroPointsCodes() {
    Encoding start = Encoding.perTensor(4, true, 0.5f, 0);
    LearnedEncoding encoding = LearnedEncoding.ofActivations(manager, "x", start, 12, 2, true);
    List<Parameter> parameters = encoding.parameters().toList();
    parameters.get(0).getArray().set(new float[] {-0.1f});
    parameters.get(1).getArray().set(new float[] {9});
    encoding.keepInRange();
    assertThat(encoding.encoding()).isEqualTo(Encoding.perTensor(4, true, 0.5f / 256, 7));
    parameters.get(0).getArray().set(new float[] {0.01f});
    parameters.get(1).getArray().set(new float[] {-8.4f});
    encoding.keepInRange();
    assertThat(encoding.encoding()).isEqualTo(Encoding.perTensor(4, true, 0.01f, -8));
  }

  @ParameterizedTest
  @CsvSource({"8,0.37,-128", "8,0.0078125,0", "4,0.3,5"})
  void fixedEncodingsComputeWithTheSameValuesAndGradients(int bits, float scale, int zero) {
    Encoding encoding = Encoding.perTensor(bits, true, scale, zero);
    Float32Tensor x = values(encoding, bits);
    NDArray in = array(x);
    in.setRequiresGradient(true);
    try (GradientCollector gradients = engine.newGradientCollector()) {
      NDArray out = new FixedEncoding(encoding).apply(in, Parameter::getArray);
      Float32Tensor forward = Float32Tensor.of(out.toFloatArray(), ROWS, COLUMNS);
      assertThat(forward.mismatches(encoding.dequantize(encoding.quantize(x)))).isZero();
      gradients.backward(out.sum());
    }
    float[] gradient = in.getGradient().toFloatArray();
    for (int i = 0; i < gradient.length; i++) {
      assertThat(gradient[i]).isEqualTo(inside(encoding, i / COLUMNS, x.get(i)) ? 1 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 16})
  void otherBitsAreRefused(int bits) {
    assertThatThrownBy(() -> weights(Encoding.perTensor(bits, true, 1, 0)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("w: " + bits + " bit")
        .hasMessageContaining("signed");
  }

  private static LearnedEncoding weights(Encoding start) {
    return LearnedEncoding.ofWeights(manager, "w", start, 12, 2);
  }
}
