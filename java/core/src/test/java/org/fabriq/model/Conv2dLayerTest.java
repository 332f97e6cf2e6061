// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Conv2dLayerTest {
  static Stream<Window> windows() {
    return RandomNetwork.windows();
  }

  @ParameterizedTest
  @MethodSource("windows")
  void equalsItsDefinitionToTheBit(Window window) {
    RandomNetwork random = new RandomNetwork(Seed.random("Conv2dLayerTest"));
    for (int groups : new int[] {1, 2, 4}) {
      Conv2dLayer layer = random.conv("conv", 4, 8, groups, window, groups != 2);
      Float32Tensor x = random.tensor(3, 4, 7, 6);
      Float32Tensor out = layer.forward(x);
      assertThat(out.shape()).isEqualTo(layer.output(SampleShape.image(4, 7, 6)).tensorShape(3));
      assertThat(out.mismatches(DirectConvolution.of(layer, x))).as("groups %d", groups).isZero();
    }
  }

  @Test
  void manySamplesAreComputedInParts() {
    RandomNetwork random = new RandomNetwork(Seed.random("Conv2dLayerTest"));
    Conv2dLayer layer = random.conv("conv", 1, 2, 1, Window.square(2, 1, 0), true);
    Float32Tensor x = random.tensor(700, 1, 11, 11);
    Float32Tensor out = layer.forward(x);
    assertThat(out.mismatches(DirectConvolution.of(layer, x))).isZero();
  }

  @Test
  void aRowOfInputsIsAWindow() {
    Float32Tensor x = Float32Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 2, 2, 2);
    Conv2dLayer layer =
        new Conv2dLayer(
            "conv",
            Float32Tensor.allocate(1, 2, 1, 2),
            null,
            new Window(1, 2, 1, 1, 0, 1, 0, 0, 1, 1),
            1);
    Float32Tensor rows = layer.inputRows(x, 0);
    assertThat(rows.shape()).containsExactly(4, 4);
    assertThat(rows.toArray()).containsExactly(0, 1, 0, 5, 1, 2, 5, 6, 0, 3, 0, 7, 3, 4, 7, 8);
  }

  @Test
  void weightsAreReplacedAsAMatrixToo() {
    RandomNetwork random = new RandomNetwork(Seed.random("Conv2dLayerTest"));
    Conv2dLayer layer = random.conv("conv", 4, 6, 2, Window.square(3, 1, 1), true);
    Float32Tensor matrix = random.tensor(6, 18);
    assertThat(layer.withWeight(matrix).weightMatrix().mismatches(matrix)).isZero();
    assertThat(layer.withWeight(matrix).weight().shape()).containsExactly(6, 2, 3, 3);
    assertThat(layer.weightMatrix(1).mismatches(layer.weightMatrix().rows(3, 6))).isZero();
    assertThat(layer.withBias(null).bias()).isNull();
    assertThatThrownBy(() -> layer.withWeight(random.tensor(6, 17)))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Float32Tensor weight = Float32Tensor.allocate(4, 2, 3, 3);
    Window window = Window.square(3, 1, 1);
    assertThatThrownBy(() -> new Conv2dLayer("c1", weight, null, Window.square(2, 1, 0), 1))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("c1")
        .hasMessageContaining("2 x 2");
    assertThatThrownBy(() -> new Conv2dLayer("c1", weight, null, window, 3))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("3 groups for 4 outputs");
    assertThatThrownBy(() -> new Conv2dLayer("c1", weight, new float[3], window, 1))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("3 values of bias for 4 outputs");
    Float32Tensor infinite = Float32Tensor.of(new float[] {Float.POSITIVE_INFINITY}, 1, 1, 1, 1);
    assertThatThrownBy(() -> new Conv2dLayer("c1", infinite, null, Window.square(1, 1, 0), 1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("weight 0 is Infinity");
    Conv2dLayer layer = new Conv2dLayer("c1", weight, null, window, 2);
    assertThatThrownBy(() -> layer.output(SampleShape.image(3, 9, 9)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("images of 4 channels, not 3x9x9");
    assertThatThrownBy(() -> Samples.rows(1 << 20, 64, 64))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("fewer at once");
    assertThatThrownBy(() -> layer.output(SampleShape.vector(4)))
        .isInstanceOf(ShapeException.class);
  }
}
