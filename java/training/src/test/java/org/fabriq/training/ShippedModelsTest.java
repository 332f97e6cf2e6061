// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.fabriq.data.LabelledImages;
import org.fabriq.data.MnistFolder;
import org.fabriq.data.Split;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.EmbeddedModel;
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
    String folder = System.getProperty("fabriq.mnist", "");
    assumeThat(folder).as("-Dfabriq.mnist=DIR").isNotEmpty();
    LabelledImages test = MnistFolder.read(Path.of(folder), Split.TEST);
    assertThat(Accuracy.percent(EmbeddedModel.MNIST.load(), test)).isEqualTo(97.81);
  }
}
