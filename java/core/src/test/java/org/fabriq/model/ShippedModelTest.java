// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShippedModelTest {
  @Test
  void shippedNetworkHasTwoBits() {
    QuantizedNetwork shipped = ShippedModel.MNIST_W2.quantized();
    assertThat(shipped.input()).isEqualTo(SampleShape.vector(784));
    assertThat(shipped.network().activations()).isEqualTo("tanh");
    assertThat(shipped.weights().values()).allMatch(weight -> weight.bits() == 2);
    assertThat(shipped.encodings())
        .hasSize(6)
        .allSatisfy((name, e) -> assertThat(e.bits()).isEqualTo(8));
  }

  @Test
  void shippedConvolutionTakesImages() {
    Network network = ShippedModel.MNIST_CNN.network();
    assertThat(network.input()).isEqualTo(SampleShape.image(1, 28, 28));
    assertThat(network.output()).isEqualTo(SampleShape.vector(10));
  }

  @ParameterizedTest
  @EnumSource(names = {"DIGITS", "MNIST"})
  void shippedDenseLayersAreOfTheirShape(ShippedModel model) {
    assertThat(model.network()).hasToString("784 - fc1 - fc1.tanh - fc2 - fc2.tanh - fc3 - 10");
    assertThat(model.quantized().weights()).isEmpty();
  }
}
