// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.io.NpzFile;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenseNpzTest {
  @TempDir Path folder;

  private static Map<String, Tensor> tensors(int... sizes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 1; i < sizes.length; i++) {
      Float32Tensor weight = Float32Tensor.allocate(sizes[i], sizes[i - 1]);
      weight.set(weight.size() - 1, i);
      tensors.put("fc" + i + "w", weight);
    }
    return tensors;
  }

  @Test
  void readsWeightsAndBiases() {
    Map<String, Tensor> tensors = tensors(6, 4, 3, 2);
    tensors.put("fc2b", Float32Tensor.of(new float[] {1, 2, 3}, 3));
    Path file = folder.resolve("w.npz");
    NpzFile.write(file, tensors);
    Network network = DenseNpz.read(file, Activation.RELU);
    assertThat(network).hasToString("6 - fc1 - fc1.relu - fc2 - fc2.relu - fc3 - 2");
    assertThat(network.weightedLayer("fc1").bias()).isNull();
    assertThat(network.weightedLayer("fc2").bias()).containsExactly(1, 2, 3);
    assertThat(network.weightedLayer("fc2").weight().get(2, 3)).isEqualTo(2);
  }

  @Test
  void transposesWhenOnlyThatChains() {
    Map<String, Tensor> tensors = tensors(6, 4, 2);
    tensors.replaceAll((name, weight) -> weight.transpose());
    Network network = network(tensors);
    assertThat(network).hasToString("6 - fc1 - fc1.tanh - fc2 - 2");
    assertThat(network.weightedLayer("fc2").weight().get(1, 3)).isEqualTo(2);
    Map<String, Tensor> one = tensors(6, 2);
    one.put("fc1b", Float32Tensor.allocate(6));
    assertThat(network(one)).hasToString("2 - fc1 - 6");
    assertThat(network(tensors(5, 5, 5)).weightedLayer("fc1").weight().get(4, 4)).isEqualTo(1);
  }

  @Test
  void refusesShapesThatDoNotChain() {
    Map<String, Tensor> tensors = tensors(6, 4, 2);
    tensors.put("fc2w", Float32Tensor.allocate(2, 5));
    assertThatThrownBy(() -> network(tensors))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("fc1 gives 4")
        .hasMessageContaining("takes 5");
    tensors.put("fc2w", Float32Tensor.allocate(2));
    assertThatThrownBy(() -> network(tensors)).isInstanceOf(ShapeException.class);
    Map<String, Tensor> biased = tensors(6, 4, 2);
    biased.put("fc1b", Float32Tensor.allocate(3));
    assertThatThrownBy(() -> network(biased)).hasMessageContaining("3 values of bias");
  }

  @Test
  void refusesOtherEntries() {
    Map<String, Tensor> tensors = tensors(6, 4);
    tensors.put("conv1", Float32Tensor.allocate(1));
    assertThatThrownBy(() -> network(tensors))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("conv1");
    Map<String, Tensor> gap = tensors(6, 4);
    gap.put("fc3w", Float32Tensor.allocate(2, 4));
    assertThatThrownBy(() -> network(gap)).hasMessageContaining("fc3w");
    Map<String, Tensor> codes = Map.of("fc1w", Int8Tensor.allocate(2, 2));
    assertThatThrownBy(() -> network(codes)).hasMessageContaining("float32");
    assertThatThrownBy(() -> network(Map.of())).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> DenseNpz.read(folder.resolve("none.npz"), null))
        .isInstanceOf(FileFormatException.class);
  }

  @Test
  void refusesValuesThatAreNotFinite() {
    Map<String, Tensor> tensors = tensors(6, 4);
    ((Float32Tensor) tensors.get("fc1w")).set(7, Float.NaN);
    assertThatThrownBy(() -> network(tensors))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("fc1: weight 7 is NaN");
  }

  @Test
  void asksForTheActivationThatAFileDoesNotSay() {
    Path file = folder.resolve("w.npz");
    NpzFile.write(file, tensors(6, 4, 2));
    assertThatThrownBy(() -> DenseNpz.read(file, null))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("w.npz does not say")
        .hasMessageContaining("--activation with one of none, tanh, relu, sigmoid")
        .hasMessageContaining("lab's weights and those that FabriQ ships use tanh");
    NpzFile.write(file, tensors(6, 4));
    assertThat(DenseNpz.read(file, null)).hasToString("6 - fc1 - 4");
  }

  @ParameterizedTest
  @EnumSource
  void hasOneActivationBehindAllLayersButTheLast(Activation activation) {
    Network network = DenseNpz.network(tensors(6, 4, 3, 2), "w", activation);
    assertThat(network.activations()).isEqualTo(activation.word());
    assertThat(network.layers()).hasSize(activation == Activation.NONE ? 3 : 5);
    assertThat(DenseNpz.network(tensors(6, 4), "w", activation).layers()).hasSize(1);
  }

  private static Network network(Map<String, Tensor> tensors) {
    return DenseNpz.network(tensors, "w", Activation.TANH);
  }
}
