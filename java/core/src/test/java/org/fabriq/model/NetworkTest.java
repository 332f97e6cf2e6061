// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private final RandomNetwork random = new RandomNetwork(Seed.random("NetworkTest"));

  @Test
  void shapesFollowFromTheInput() {
    Network network = random.ofEveryLayer();
    assertThat(network.toString()).startsWith("2x9x8 - conv1 - bn1").endsWith("fc5 - 5");
    assertThat(network.inputOf(network.index("conv2"))).isEqualTo(SampleShape.image(6, 4, 4));
    assertThat(network.inputOf(network.index("fc4"))).isEqualTo(SampleShape.vector(32));
    assertThat(network.forward(random.tensor(3, 2, 9, 8)).shape()).containsExactly(3, 5);
  }

  @Test
  void layersTakeWhatTheOnesBeforeThemGive() {
    Network network = random.ofEveryLayer();
    List<Float32Tensor> outs = new ArrayList<>();
    Float32Tensor x = random.tensor(2, 144);
    Float32Tensor result = network.forward(x, (index, layer, in, out) -> outs.add(out));
    Float32Tensor value = x.reshape(2, 2, 9, 8);
    for (int i = 0; i < outs.size(); i++) {
      value = network.layers().get(i).forward(List.of(value));
      assertThat(outs.get(i).mismatches(value)).isZero();
    }
    assertThat(outs).hasSize(network.layers().size());
    assertThat(result.mismatches(value)).isZero();
  }

  @Test
  void denseLayersComputeTheirFunctionsBetweenThem() {
    List<DenseLayer> layers =
        List.of(
            new DenseLayer("fc1", random.tensor(4, 6), null),
            new DenseLayer("fc2", random.tensor(3, 4), new float[3]));
    Network network = DenseNpz.network(layers, Activation.TANH);
    Float32Tensor x = random.tensor(5, 6);
    Float32Tensor value = x;
    for (DenseLayer layer : layers) {
      Float32Tensor out = Float32Tensor.allocate(5, layer.outputs());
      new JavaMatmul(WeightsF32F32.ofLayer(layer.weight(), layer.bias())).multiply(value, out);
      (layer.name().equals("fc1") ? Activation.TANH : Activation.NONE).apply(out);
      value = out;
    }
    assertThat(network.layers().stream().map(Layer::name))
        .containsExactly("fc1", "fc1.tanh", "fc2");
    assertThat(network.forward(x).mismatches(value)).isZero();
  }

  @Test
  void aLayerIsReplaced() {
    Network network = random.ofEveryLayer();
    int last = network.layers().size() - 1;
    Network changed = network.with(last, new DenseLayer("fc6", random.tensor(9, 7), null));
    assertThat(changed.output()).isEqualTo(SampleShape.vector(9));
    assertThat(network.output()).isEqualTo(SampleShape.vector(5));
  }

  @Test
  void refusesWhatDoesNotChain() {
    SampleShape image = SampleShape.image(1, 4, 4);
    DenseLayer dense = new DenseLayer("fc", Float32Tensor.allocate(2, 16), null);
    assertThatThrownBy(() -> new Network(image, List.of())).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new Network(image, List.of(dense)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("vectors of 16 values, not 1x4x4; flatten");
    FlattenLayer flat = new FlattenLayer("fc");
    assertThatThrownBy(() -> new Network(image, List.of(flat, dense)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("two layers are called fc");
    Network network = new Network(SampleShape.vector(16), List.of(dense));
    assertThatThrownBy(() -> network.forward(Float32Tensor.allocate(2, 15)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[2, 15]");
    assertThatThrownBy(() -> network.index("fc9")).hasMessageContaining("there are [fc]");
    assertThatThrownBy(() -> SampleShape.image(1 << 16, 1 << 16, 1))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new SampleShape(List.of(2, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("2 dimensions");
    assertThatThrownBy(() -> new ClipLayer("clip", 1, 1)).hasMessageContaining("[1.0, 1.0]");
  }
}
