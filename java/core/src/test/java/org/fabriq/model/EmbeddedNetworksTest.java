// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedNetworksTest {
  @Test
  void shippedNetworkHasTwoBits() {
    QuantizedNetwork shipped = EmbeddedEncodedModel.MNIST_W2.load();
    assertThat(shipped.input()).isEqualTo(SampleShape.vector(784));
    assertThat(shipped.network().activations()).isEqualTo("tanh");
    assertThat(shipped.weights().values()).allMatch(weight -> weight.bits() == 2);
    assertThat(shipped.encodings())
        .hasSize(6)
        .allSatisfy((name, e) -> assertThat(e.bits()).isEqualTo(8));
  }

  @Test
  void shippedConvolutionTakesImages() {
    Network network = EmbeddedNetwork.MNIST_CNN.load();
    assertThat(network.input()).isEqualTo(SampleShape.image(1, 28, 28));
    assertThat(network.output()).isEqualTo(SampleShape.vector(10));
  }
}
