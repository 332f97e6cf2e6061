// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.fabriq.data.LabelledImages;
import org.fabriq.data.MnistFolder;
import org.fabriq.data.Split;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.EmbeddedEncodedModel;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.EmbeddedNetwork;
import org.fabriq.plan.QuantizedModel;
import org.junit.jupiter.api.Test;

/** FabriQ's fp32 is exact, so the accuracies of the models' README hold on every machine. */
class ShippedModelsTest {
  @Test
  void digitsReachesItsAccuracy() {
    LabelledImages test = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, 10_000);
    assertThat(Accuracy.percent(EmbeddedModel.DIGITS.load(), test)).isEqualTo(98.00);
  }

  @Test
  void mnistReachesItsAccuracy() {
    assertThat(Accuracy.percent(EmbeddedModel.MNIST.load(), mnist())).isEqualTo(97.81);
  }

  @Test
  void twoBitsReachTheirAccuracies() {
    LabelledImages test = mnist();
    QuantizedModel model = QuantizedModel.of(EmbeddedEncodedModel.MNIST_W2.load());
    assertThat(Accuracy.percent(model.model(), test)).isEqualTo(97.57);
    assertThat(IntegerAccuracy.percent(model, test)).isEqualTo(97.72);
  }

  @Test
  void convolutionReachesItsAccuracy() {
    assertThat(Accuracy.percent(EmbeddedNetwork.MNIST_CNN.load(), mnist())).isEqualTo(98.72);
  }

  private static LabelledImages mnist() {
    String folder = System.getProperty("fabriq.mnist", "");
    assumeThat(folder).as("-Dfabriq.mnist=DIR").isNotEmpty();
    return MnistFolder.read(Path.of(folder), Split.TEST);
  }
}
