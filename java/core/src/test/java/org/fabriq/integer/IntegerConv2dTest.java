// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.Int8Output;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntegerConv2dTest {
  private static final Encoding INPUT = Encoding.perTensor(8, true, 0.5f, 5);
  private final SplittableRandom random = Seed.random("IntegerConv2dTest");

  static Stream<Window> windows() {
    return RandomNetwork.windows();
  }

  private Int8Tensor codes(int... shape) {
    Int8Tensor codes = Int8Tensor.allocate(shape);
    for (int i = 0; i < codes.size(); i++) {
      codes.set(i, (byte) random.nextInt());
    }
    return codes;
  }

  @ParameterizedTest
  @MethodSource("windows")
  void equalsTheRealConvolutionOfItsCodes(Window window) {
    for (int groups : new int[] {1, 2}) {
      float[] scales = {0.25f, 0.5f, 1, 2};
      Encoding channels = new Encoding(8, true, false, scales, new int[] {0, -3, 7, 0});
      Int8Tensor w = codes(4, 4 / groups, window.kernelHeight(), window.kernelWidth());
      int[] bias = {100, -100, 0, 7};
      IntegerWeights weights = IntegerWeights.raw(new QuantizedTensor(w, channels), bias, INPUT);
      IntegerConv2d layer = new IntegerConv2d("conv", weights, window, groups);
      Int8Tensor x = codes(2, 4, 7, 6);
      Int32Tensor acc = (Int32Tensor) layer.reference(x);
      float[] real = {100, -100, 0, 7};
      for (int n = 0; n < 4; n++) {
        real[n] *= (float) weights.accumulatorScale(n);
      }
      var expected =
          new Conv2dLayer("conv", channels.dequantize(w), real, window, groups)
              .forward(INPUT.dequantize(x));
      assertThat(acc.shape()).isEqualTo(expected.shape());
      int run = acc.dimension(2) * acc.dimension(3);
      for (int i = 0; i < acc.size(); i++) {
        double value = acc.get(i) * weights.accumulatorScale(i / run % 4);
        assertThat(value).isEqualTo(expected.get(i));
      }
    }
  }

  @Test
  void paddingIsTheZeroPoint() {
    Int8Tensor w = Int8Tensor.of(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, 1, 1, 3, 3);
    IntegerWeights weights =
        IntegerWeights.raw(
            new QuantizedTensor(w, Encoding.perTensor(8, true, 1, 0)), new int[1], INPUT);
    IntegerConv2d layer = new IntegerConv2d("conv", weights, Window.square(3, 1, 1), 1);
    Tensor zero = layer.reference(Int8Tensor.of(new byte[] {5, 5, 5, 5}, 1, 1, 2, 2));
    assertThat(((Int32Tensor) zero).toArray()).containsOnly(0);
    Tensor ones = layer.reference(Int8Tensor.of(new byte[] {6, 6, 6, 6}, 1, 1, 2, 2));
    assertThat(((Int32Tensor) ones).toArray()).containsOnly(4);
  }

  @Test
  void tiesAndClampsOfTheEpilogue() {
    Int8Tensor w = Int8Tensor.of(new byte[] {1}, 1, 1, 1, 1);
    Encoding unit = Encoding.perTensor(8, true, 1, 0);
    Int8Output half = new Int8Output(List.of(Requantization.ofPowerOfTwo(1)), 0, -3, 40);
    IntegerWeights weights =
        IntegerWeights.requantized(
            new QuantizedTensor(w, unit),
            new int[1],
            unit,
            half,
            Encoding.perTensor(8, true, 2, 0));
    IntegerConv2d layer = new IntegerConv2d("conv", weights, Window.square(1, 1, 0), 1);
    byte[] x = {-5, -3, -1, 1, 3, 5, 127, -128};
    assertThat(((Int8Tensor) layer.reference(Int8Tensor.of(x, 1, 1, 2, 4))).toArray())
        .containsExactly(-2, -2, 0, 0, 2, 2, 40, -3);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Encoding unit = Encoding.perTensor(8, true, 1, 0);
    QuantizedTensor w = new QuantizedTensor(codes(4, 2, 3, 3), unit);
    IntegerWeights weights = IntegerWeights.raw(w, new int[4], INPUT);
    assertThatThrownBy(() -> new IntegerConv2d("c", weights, Window.square(2, 1, 0), 1))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("2 x 2");
    assertThatThrownBy(() -> new IntegerConv2d("c", weights, Window.square(3, 1, 0), 3))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("3 groups for 4 outputs");
    IntegerConv2d layer = new IntegerConv2d("c", weights, Window.square(3, 1, 0), 2);
    assertThatThrownBy(() -> layer.outputShape(SampleShape.image(2, 8, 8)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("4 channels, not 2x8x8");
    assertThatThrownBy(() -> IntegerWeights.raw(w, new int[3], INPUT))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("3 biases");
    int[] huge = {Integer.MAX_VALUE, 0, 0, 0};
    assertThatThrownBy(() -> IntegerWeights.raw(w, huge, INPUT))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("limit +-2^31");
    Encoding wide = Encoding.perTensor(16, true, 1, 0);
    assertThatThrownBy(() -> IntegerWeights.raw(w, new int[4], wide))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("[-128, 127]");
    Int8Output other = new Int8Output(List.of(), 1, -128, 127);
    assertThatThrownBy(() -> IntegerWeights.requantized(w, new int[4], INPUT, other, unit))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("must be equal");
  }
}
