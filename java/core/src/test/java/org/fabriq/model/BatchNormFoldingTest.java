// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

class BatchNormFoldingTest {
  @Test
  void theFormulasByHand() {
    DenseLayer dense =
        new DenseLayer(
            "fc", Float32Tensor.of(new float[] {1, -2, 0.5f, 3}, 2, 2), new float[] {1, -1});
    BatchNormLayer norm =
        new BatchNormLayer(
            "bn",
            new float[] {2, -3},
            new float[] {0.5f, 0.25f},
            new float[] {4, -2},
            new float[] {15.75f, 3.75f},
            0.25f);
    WeightedLayer folded = BatchNormFolding.fold(dense, norm);
    assertThat(folded.weight().toArray()).containsExactly(0.5f, -1, -0.75f, -4.5f);
    assertThat(folded.bias()).containsExactly(0.5f + 0.5f * (1 - 4), 0.25f - 1.5f * (-1 + 2));
  }

  @Test
  void theFoldedNetworkComputesTheSame() {
    RandomNetwork random = new RandomNetwork(Seed.random("BatchNormFoldingTest"));
    Network network =
        new Network(
            SampleShape.image(2, 6, 5),
            List.of(
                random.conv("conv", 2, 4, 2, Window.square(3, 1, 1), false),
                random.norm("bn1", 4),
                new ActivationLayer("relu", Activation.RELU),
                random.norm("bn2", 4),
                new FlattenLayer("flat"),
                new DenseLayer("fc", random.tensor(3, 120), new float[] {1, 2, 3}),
                random.norm("bn3", 3)));
    Network folded = BatchNormFolding.fold(network);
    assertThat(folded.layers().stream().map(Layer::name))
        .containsExactly("conv", "relu", "bn2", "flat", "fc");
    Float32Tensor x = random.tensor(4, 2, 6, 5);
    Float32Tensor expected = network.forward(x);
    Float32Tensor found = folded.forward(x);
    for (int i = 0; i < expected.size(); i++) {
      float tolerance = 1e-5f * (1 + Math.abs(expected.get(i)));
      assertThat(found.get(i)).isCloseTo(expected.get(i), within(tolerance));
    }
  }

  @Test
  void refusesImpossibleStatistics() {
    float[] one = {1};
    assertThatThrownBy(() -> new BatchNormLayer("bn", one, one, one, new float[] {-1}, 1e-5f))
        .hasMessageContaining("variance 0 is -1.0");
    assertThatThrownBy(() -> new BatchNormLayer("bn", one, one, one, one, 0))
        .hasMessageContaining("epsilon 0.0");
    assertThatThrownBy(() -> new BatchNormLayer("bn", one, new float[2], one, one, 1))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(
            () -> new BatchNormLayer("bn", one, one, one, one, 1).output(SampleShape.vector(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("normalizes 1 channels, not 2");
  }
}
