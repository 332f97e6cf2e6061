// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.model.ShippedModel;
import org.fabriq.model.WeightedLayer;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;

class CrossLayerEqualizationTest {
  private static Network equalized(Network network) {
    return CrossLayerEqualization.equalize(network, ExpectedInputs.of(network)).network();
  }

  private static DenseLayer dense(String name, int outputs, float... weights) {
    return new DenseLayer(name, Float32Tensor.of(weights, outputs, weights.length / outputs), null);
  }

  private static Network pair(Layer between) {
    return new Network(
        SampleShape.vector(1),
        List.of(
            dense("a", 3, 8, -0.5f, 0).withBias(new float[] {1, 2, 3}),
            between,
            dense("b", 1, 2, -8, 5)));
  }

  @Test
  void bothRangesBecomeTheirGeometricMean() {
    Network network = equalized(pair(new ActivationLayer("relu", Activation.RELU)));
    DenseLayer a = (DenseLayer) network.layers().get(0);
    DenseLayer b = (DenseLayer) network.layers().get(2);
    assertThat(a.weight().toArray()).containsExactly(4, -2, 0);
    assertThat(a.bias()).containsExactly(0.5f, 8, 3);
    assertThat(b.weight().toArray()).containsExactly(4, -2, 5);
  }

  @Test
  void changesNoOutput() {
    ReluNetwork relu = new ReluNetwork("equalization");
    Network folded = BatchNormFolding.fold(relu.network);
    Network network = equalized(relu.network);
    Float32Tensor x = relu.batches(20).get(0);
    Float32Tensor expected = folded.forward(x);
    Float32Tensor found = network.forward(x);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-4f));
    }
    float[] before = ((WeightedLayer) folded.layers().get(0)).weight().toArray();
    assertThat(((WeightedLayer) network.layers().get(0)).weight().toArray()).isNotEqualTo(before);
  }

  @Test
  void equalizesChannelsThroughGroupsPoolingAndFlattening() {
    ReluNetwork relu = new ReluNetwork("equalization ranges");
    Network network = equalized(relu.network);
    Float32Tensor conv1 = ((WeightedLayer) network.layers().get(0)).weight();
    Float32Tensor conv2 = ((WeightedLayer) network.layers().get(network.index("conv2"))).weight();
    Float32Tensor fc3 = ((WeightedLayer) network.layers().get(network.index("fc3"))).weight();
    for (int channel = 0; channel < 6; channel++) {
      float made = 0;
      for (int i = 0; i < 18; i++) {
        made = Math.max(made, Math.abs(conv1.get(channel * 18 + i)));
      }
      float taken = 0;
      int group = channel / 3;
      for (int output = 2 * group; output < 2 * group + 2; output++) {
        for (int tap = 0; tap < 9; tap++) {
          taken = Math.max(taken, Math.abs(conv2.get((output * 3 + channel % 3) * 9 + tap)));
        }
      }
      assertThat(made).isCloseTo(taken, within(1e-3f * taken));
    }
    for (int channel = 0; channel < 4; channel++) {
      float made = 0;
      for (int i = 0; i < 27; i++) {
        made = Math.max(made, Math.abs(conv2.get(channel * 27 + i)));
      }
      float taken = 0;
      for (int output = 0; output < 7; output++) {
        for (int place = 0; place < 4; place++) {
          taken = Math.max(taken, Math.abs(fc3.get(output, 4 * channel + place)));
        }
      }
      assertThat(made).isCloseTo(taken, within(1e-3f * taken));
    }
  }

  @Test
  void expectedInputsAreScaledAlike() {
    ReluNetwork relu = new ReluNetwork("equalization means");
    ExpectedInputs before = ExpectedInputs.of(relu.network);
    CrossLayerEqualization.Result result = CrossLayerEqualization.equalize(relu.network, before);
    Network folded = BatchNormFolding.fold(relu.network);
    Float32Tensor x = relu.batches(50).get(0);
    double[] original = means(folded, x);
    double[] scaled = means(result.network(), x);
    for (int c = 0; c < 6; c++) {
      double factor = before.ofLayer("conv2")[c] / result.expected().ofLayer("conv2")[c];
      assertThat(scaled[c] * factor).isCloseTo(original[c], within(1e-3));
    }
  }

  private static double[] means(Network network, Float32Tensor x) {
    double[] sums = new double[6];
    network.forward(
        x,
        (index, layer, in, out) -> {
          for (int i = 0; layer.name().equals("conv2") && i < in.get(0).size(); i++) {
            sums[i / 16 % 6] += in.get(0).get(i);
          }
        });
    return sums;
  }

  @Test
  void refusesWhatDoesNotScale() {
    for (Layer between :
        List.of(new ActivationLayer("act", Activation.SIGMOID), new ClipLayer("act", 0, 6))) {
      assertThatThrownBy(() -> equalized(pair(between)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("act");
    }
    assertThatThrownBy(() -> equalized(ShippedModel.DIGITS.network()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("fc1.tanh (tanh)")
        .hasMessageContaining("ReLU");
  }
}
