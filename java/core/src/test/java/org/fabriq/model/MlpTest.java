// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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

class MlpTest {
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
    Mlp mlp = Mlp.fromNpz(file, Activation.RELU);
    assertThat(mlp).hasToString("6-4-3-2");
    assertThat(mlp.inputs()).isEqualTo(6);
    assertThat(mlp.outputs()).isEqualTo(2);
    assertThat(mlp.layers()).extracting(DenseLayer::name).containsExactly("fc1", "fc2", "fc3");
    assertThat(mlp.network()).hasToString("6 - fc1 - fc1.relu - fc2 - fc2.relu - fc3 - 2");
    assertThat(mlp.layers().get(0).bias()).isNull();
    assertThat(mlp.layers().get(1).bias()).containsExactly(1, 2, 3);
    assertThat(mlp.layers().get(1).weight().get(2, 3)).isEqualTo(2);
  }

  @Test
  void transposesWhenOnlyThatChains() {
    Map<String, Tensor> tensors = tensors(6, 4, 2);
    tensors.replaceAll((name, weight) -> weight.transpose());
    Mlp mlp = Mlp.of(tensors, Activation.TANH);
    assertThat(mlp).hasToString("6-4-2");
    assertThat(mlp.layers().get(1).weight().get(1, 3)).isEqualTo(2);
    Map<String, Tensor> one = tensors(6, 2);
    one.put("fc1b", Float32Tensor.allocate(6));
    assertThat(Mlp.of(one, Activation.TANH)).hasToString("2-6");
    assertThat(Mlp.of(tensors(5, 5, 5), Activation.TANH).layers().get(0).weight().get(4, 4))
        .isEqualTo(1);
  }

  @Test
  void refusesShapesThatDoNotChain() {
    Map<String, Tensor> tensors = tensors(6, 4, 2);
    tensors.put("fc2w", Float32Tensor.allocate(2, 5));
    assertThatThrownBy(() -> Mlp.of(tensors, Activation.TANH))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("fc1 gives 4")
        .hasMessageContaining("takes 5");
    tensors.put("fc2w", Float32Tensor.allocate(2));
    assertThatThrownBy(() -> Mlp.of(tensors, Activation.TANH)).isInstanceOf(ShapeException.class);
    Map<String, Tensor> biased = tensors(6, 4, 2);
    biased.put("fc1b", Float32Tensor.allocate(3));
    assertThatThrownBy(() -> Mlp.of(biased, Activation.TANH))
        .hasMessageContaining("3 values of bias");
    assertThatThrownBy(() -> new Mlp(List.of(), Activation.NONE))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void refusesOtherEntries() {
    Map<String, Tensor> tensors = tensors(6, 4);
    tensors.put("conv1", Float32Tensor.allocate(1));
    assertThatThrownBy(() -> Mlp.of(tensors, Activation.TANH))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("conv1");
    Map<String, Tensor> gap = tensors(6, 4);
    gap.put("fc3w", Float32Tensor.allocate(2, 4));
    assertThatThrownBy(() -> Mlp.of(gap, Activation.TANH)).hasMessageContaining("fc3w");
    Map<String, Tensor> codes = Map.of("fc1w", Int8Tensor.allocate(2, 2));
    assertThatThrownBy(() -> Mlp.of(codes, Activation.TANH)).hasMessageContaining("float32");
    assertThatThrownBy(() -> Mlp.of(Map.of(), Activation.TANH)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Mlp.fromNpz(folder.resolve("none.npz"), null))
        .isInstanceOf(FileFormatException.class);
  }

  @Test
  void refusesValuesThatAreNotFinite() {
    Map<String, Tensor> tensors = tensors(6, 4);
    ((Float32Tensor) tensors.get("fc1w")).set(7, Float.NaN);
    assertThatThrownBy(() -> Mlp.of(tensors, Activation.TANH))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("fc1: weight 7 is NaN");
  }

  @Test
  void asksForTheActivationThatAFileDoesNotSay() {
    Path file = folder.resolve("w.npz");
    NpzFile.write(file, tensors(6, 4, 2));
    assertThatThrownBy(() -> Mlp.fromNpz(file, null))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("w.npz does not say")
        .hasMessageContaining("--activation with one of none, tanh, relu, sigmoid")
        .hasMessageContaining("lab's weights and those that FabriQ ships use tanh");
    NpzFile.write(file, tensors(6, 4));
    assertThat(Mlp.fromNpz(file, null).activation()).isEqualTo(Activation.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void hasOneActivationForAllLayersButTheLast(Activation activation) {
    Mlp mlp = Mlp.of(tensors(6, 4, 3, 2), activation);
    assertThat(mlp.activation()).isEqualTo(activation);
    assertThat(mlp.network().activations()).isEqualTo(activation.word());
    assertThat(new Mlp(mlp.layers().subList(0, 1), activation).activation())
        .isEqualTo(Activation.NONE);
  }

  @ParameterizedTest
  @EnumSource(EmbeddedModel.class)
  void embeddedModelsAreOfTheirShape(EmbeddedModel model) {
    assertThat(model.load()).hasToString("784-128-64-10");
    assertThat(model.load().activation()).isEqualTo(Activation.TANH);
  }
}
