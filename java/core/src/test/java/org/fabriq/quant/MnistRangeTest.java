// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;

import org.fabriq.model.ShippedModel;
import org.fabriq.model.WeightedLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges for the weights of the shipped MNIST network, layer by layer. */
class MnistRangeTest {
  private static double sqnr(WeightedLayer layer, String spec) {
    Encoding encoding = QuantizerSpec.parse(spec).fit(layer.weight());
    return SquaredError.sqnrInDecibels(layer.weight(), encoding);
  }

  @ParameterizedTest
  @CsvSource({
    "symmetric, 2, 3",
    "symmetric, 3, 2",
    "symmetric, 4, 1",
    "affine, 3, 1",
    "affine, 4, 1",
  })
  void leastErrorGainsDecibels(String kind, int bits, double gain) {
    for (String name : ShippedModel.MNIST.network().weightedLayers()) {
      WeightedLayer layer = ShippedModel.MNIST.network().weightedLayer(name);
      double minMax = sqnr(layer, kind + ":" + bits);
      double mse = sqnr(layer, kind + ":" + bits + ",mse");
      assertThat(mse).as(layer.name()).isGreaterThan(minMax + gain);
    }
  }

  @Test
  void eachChannelGainsToo() {
    for (String name : ShippedModel.MNIST.network().weightedLayers()) {
      WeightedLayer layer = ShippedModel.MNIST.network().weightedLayer(name);
      double perTensor = sqnr(layer, "symmetric:4,mse");
      double perChannel = sqnr(layer, "per-channel:symmetric:4,mse");
      assertThat(perChannel).isGreaterThan(perTensor);
      assertThat(perChannel).isGreaterThan(sqnr(layer, "per-channel:4"));
      assertThat(perTensor).isGreaterThan(sqnr(layer, "symmetric:4,sqnr"));
    }
  }
}
