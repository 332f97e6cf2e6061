// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaRoundTest {
  private static final AdaRound SHORT = new AdaRound(2000, 5);

  private static QuantizedTensor round(
      AdaRound adaRound, String spec, DenseLayer layer, Activation activation, Float32Tensor x) {
    Network network =
        new Network(
            SampleShape.vector(layer.inputs()),
            List.of(layer, new ActivationLayer("act", activation)));
    return adaRound.round(
        new LayerInputs(network, network, 0, List.of(x)), QuantizerSpec.parse(spec), done -> {});
  }

  private static double error(
      DenseLayer layer, QuantizedTensor codes, Activation activation, Float32Tensor x) {
    Float32Tensor exact = layer.forward(x);
    Float32Tensor found = layer.withWeight(codes.dequantize()).forward(x);
    activation.apply(exact);
    activation.apply(found);
    double sum = 0;
    for (int i = 0; i < exact.size(); i++) {
      sum += Math.pow((double) exact.get(i) - found.get(i), 2);
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void changesOutputsLessThanRoundingToNearest(Activation activation) {
    RandomNetwork random = new RandomNetwork(Seed.random("adaround " + activation));
    DenseLayer layer = new DenseLayer("fc", random.tensor(8, 24), random.tensor(8).toArray());
    Float32Tensor x = random.tensor(400, 24);
    for (int row = 0; row < x.rows(); row++) {
      for (int k = 1; k < 24; k++) {
        x.set(row, k, x.get(row, 0) + 0.3f * x.get(row, k));
      }
    }
    String spec = "per-channel:3";
    QuantizedTensor nearest = QuantizerSpec.parse(spec).quantize(layer.weight());
    QuantizedTensor found = round(SHORT, spec, layer, activation, x);
    assertThat(found.encoding()).isEqualTo(nearest.encoding());
    assertThat(error(layer, found, activation, x))
        .isLessThan(0.6 * error(layer, nearest, activation, x));
    checkNeighbours(layer.weight(), found);
  }

  private static void checkNeighbours(Float32Tensor w, QuantizedTensor codes) {
    Encoding encoding = codes.encoding();
    for (int i = 0; i < w.size(); i++) {
      int channel = encoding.channel(w, i);
      double steps = (double) w.get(i) / encoding.scale(channel) + encoding.zeroPoint(channel);
      double low = Math.max(encoding.qmin(), Math.min(encoding.qmax(), Math.floor(steps)));
      double high = Math.max(encoding.qmin(), Math.min(encoding.qmax(), Math.floor(steps) + 1));
      assertThat((double) codes.codes().get(i)).isBetween(low, high);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "affine:2",
        "symmetric:2,mse",
        "fixed:3,2",
        "per-channel:affine:4",
        "per-channel:affine:3,axis=1"
      })
  void everyCodeIsANeighbourOfItsWeight(String spec) {
    RandomNetwork random = new RandomNetwork(Seed.random("adaround " + spec));
    DenseLayer layer = new DenseLayer("fc", random.tensor(5, 9), null);
    QuantizedTensor found = round(SHORT, spec, layer, Activation.TANH, random.tensor(100, 9));
    checkNeighbours(layer.weight(), found);
  }

  @Test
  void theSameSeedGivesTheSameCodes() {
    RandomNetwork random = new RandomNetwork(Seed.random("adaround seeds"));
    DenseLayer layer = new DenseLayer("fc", random.tensor(16, 32), null);
    Float32Tensor x = random.tensor(64, 32);
    byte[] first = round(SHORT, "affine:3", layer, Activation.RELU, x).codes().toArray();
    assertThat(round(SHORT, "affine:3", layer, Activation.RELU, x).codes().toArray())
        .isEqualTo(first);
  }

  @Test
  void weightsOfInputsThatAreAlwaysZeroGoToTheNearestCode() {
    RandomNetwork random = new RandomNetwork(Seed.random("adaround zeros"));
    DenseLayer layer = new DenseLayer("fc", random.tensor(6, 5), null);
    Float32Tensor x = random.tensor(50, 5);
    for (int row = 0; row < 50; row++) {
      x.set(row, 2, 0);
    }
    byte[] nearest = QuantizerSpec.parse("affine:3").quantize(layer.weight()).codes().toArray();
    byte[] found = round(SHORT, "affine:3", layer, Activation.NONE, x).codes().toArray();
    for (int n = 0; n < 6; n++) {
      assertThat(found[5 * n + 2]).isEqualTo(nearest[5 * n + 2]);
    }
  }

  @Test
  void theRectifiedSigmoidReachesItsEnds() {
    for (double y : new double[] {0, 0.25, 0.5, 0.99, 1}) {
      float sigmoid = RectifiedSigmoid.sigmoid((float) RectifiedSigmoid.inverse(y));
      assertThat((double) RectifiedSigmoid.value(sigmoid)).isCloseTo(y, within(1e-6));
    }
    for (float v : new float[] {-2, -0.3f, 0, 1, 2}) {
      float slope = RectifiedSigmoid.slope(RectifiedSigmoid.sigmoid(v));
      float above = RectifiedSigmoid.value(RectifiedSigmoid.sigmoid(v + 1e-2f));
      float below = RectifiedSigmoid.value(RectifiedSigmoid.sigmoid(v - 1e-2f));
      assertThat(slope).isCloseTo((above - below) / 2e-2f, within(1e-4f));
    }
    float far = RectifiedSigmoid.sigmoid(9);
    assertThat(RectifiedSigmoid.value(far)).isEqualTo(1);
    assertThat(RectifiedSigmoid.slope(far)).isZero();
  }

  @Test
  void adamTakesTheStepsOfItsPaper() {
    float[] parameters = {1, -2};
    Adam adam = new Adam(2, 0.1);
    adam.step(parameters, new float[] {0.5f, -3});
    assertThat(parameters).containsExactly(new float[] {0.9f, -1.9f}, within(1e-6f));
    adam.step(parameters, new float[] {-0.5f, -3});
    double mean = (0.9 * 0.1 * 0.5 - 0.1 * 0.5) / (1 - 0.81);
    double expected = 0.9 - 0.1 * mean / 0.5;
    assertThat(parameters).containsExactly(new float[] {(float) expected, -1.8f}, within(1e-5f));
  }

  @Test
  void refusesCodebooksAndNoIterations() {
    ReluNetwork relu = new ReluNetwork("adaround refused");
    PostTraining run =
        new PostTraining(
            relu.network, QuantizerSpec.parseWeights("codebook:2"), name -> true, relu.batches(3));
    assertThatThrownBy(() -> run.round(SHORT))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("codebook:2");
    assertThatThrownBy(() -> new AdaRound(0, 0)).hasMessageContaining("0 iterations");
  }
}
