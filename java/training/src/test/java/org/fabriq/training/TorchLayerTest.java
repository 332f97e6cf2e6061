// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.BatchNormLayer;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerType;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.model.Window;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PyTorch computes each layer as java/core does, up to the order of sums. */
class TorchLayerTest extends TorchTest {

  private final RandomNetwork random = new RandomNetwork(Seed.random("TorchLayerTest"));

  @Test
  void everyLayerGivesWhatItsDefinitionGives() {
    Set<Class<?>> seen = new HashSet<>();
    for (Network network : List.of(random.ofEveryLayer(), random.ofBranches())) {
      Network folded = BatchNormFolding.fold(network);
      Float32Tensor x = random.tensor(folded.input().tensorShape(3));
      folded
          .graph()
          .run(
              x,
              (i, in) -> {
                Layer layer = folded.layers().get(i);
                if (!(layer instanceof WeightedLayer || layer instanceof EpilogueLayer)) {
                  check(layer, in);
                  seen.add(layer.getClass());
                }
                return layer.forward(in);
              });
    }
    TorchLayer.ALL.forEach(row -> assertThat(seen).contains(row.type()));
  }

  @ParameterizedTest
  @MethodSource("org.fabriq.testing.RandomNetwork#windows")
  void everyWindowWithoutDilationPoolsAsItsDefinition(Window window) {
    Float32Tensor x = random.tensor(2, 3, 9, 8);
    List<Layer> pools =
        List.of(
            new MaxPoolLayer("max", window),
            new AveragePoolLayer("mean", window, false),
            new AveragePoolLayer("mean", window, true));
    for (Layer pool : pools) {
      if (window.dilationHeight() == 1 && window.dilationWidth() == 1) {
        check(pool, List.of(x));
      } else {
        assertThatThrownBy(() -> TorchLayer.forward(pool, List.of(array(x))))
            .isInstanceOf(InvalidArgumentException.class)
            .hasMessageContaining("layer %s pools with dilation".formatted(pool.name()));
      }
    }
  }

  @Test
  void everyTypeIsComputedOrNamedAsOneThatIsNot() {
    for (LayerType<?> type : LayerType.ALL) {
      boolean row = TorchLayer.ALL.stream().anyMatch(own -> own.type() == type.type());
      boolean weighted = WeightedLayer.class.isAssignableFrom(type.type());
      boolean refused =
          EpilogueLayer.class.isAssignableFrom(type.type()) || type.type() == BatchNormLayer.class;
      assertThat(List.of(row, weighted, refused)).as(type.word()).containsOnlyOnce(true);
    }
    assertThatThrownBy(() -> TorchLayer.check(random.norm("bn", 2)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("layer bn (batch-norm) is not trained where it is");
  }

  private static void check(Layer layer, List<Float32Tensor> in) {
    float[] expected = layer.forward(in).toArray();
    NDArray y = TorchLayer.forward(layer, in.stream().map(TorchTest::array).toList());
    float[] found = y.toFloatArray();
    assertThat(found).as(layer.name()).hasSize(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as(layer.name()).isCloseTo(expected[i], within(1e-5f));
    }
  }
}
