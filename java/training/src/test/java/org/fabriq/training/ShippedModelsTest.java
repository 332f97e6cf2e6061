// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.fabriq.data.DataFiles;
import org.fabriq.data.Samples;
import org.fabriq.data.Split;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Calibration;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.ShippedModel;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.AffineQuantizer;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.runtime.Device;
import org.fabriq.testing.NearestWeights;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** FabriQ's fp32 is exact, so the accuracies of the models' README hold on every machine. */
@Tag("long")
class ShippedModelsTest {
  @Test
  void digitsReachesItsAccuracy() {
    Samples test = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, 10_000);
    assertThat(Accuracy.percent(ShippedModel.DIGITS.network(), test)).isEqualTo(98.00);
  }

  @Test
  void mnistReachesItsAccuracy() {
    assertThat(Accuracy.percent(ShippedModel.MNIST.network(), mnist())).isEqualTo(97.81);
  }

  @Test
  void twoBitsReachTheirAccuracies() {
    Samples test = mnist();
    QuantizedNetwork model = ShippedModel.MNIST_W2.quantized();
    assertThat(Accuracy.percent(model.network(), test)).isEqualTo(97.57);
    assertThat(FormAccuracy.percent(model, Arithmetic.I8I8, test)).isEqualTo(97.72);
  }

  @Test
  void convolutionReachesItsAccuracy() {
    assertThat(Accuracy.percent(ShippedModel.MNIST_CNN.network(), mnist())).isEqualTo(98.72);
  }

  @Test
  void convolutionKeepsItsAccuracyInIntegers() {
    Samples test = mnist();
    Network network = BatchNormFolding.fold(ShippedModel.MNIST_CNN.network());
    Samples training = mnist(Split.TRAIN).head(1_000);
    Calibration calibration =
        Calibration.of(
            network, List.of(training.inputs(0, training.count())), new AffineQuantizer(8));
    IntegerNetwork graph =
        IntegerNetwork.of(
            network,
            NearestWeights.quantize(network, QuantizerSpec.parse("per-channel")),
            calibration.withInput(IntegerNetwork.PIXELS),
            OutputScales.CALIBRATED);
    try (Device cpu = Device.open("cpu");
        NetworkPlan plan = NetworkPlan.on(graph, cpu, Accuracy.BATCH)) {
      double accuracy = Accuracy.percent(plan::run, test);
      assertThat(accuracy).isEqualTo(98.70);
    }
  }

  private static Samples mnist() {
    return mnist(Split.TEST);
  }

  private static Samples mnist(Split split) {
    String folder = System.getProperty("fabriq.mnist", "");
    assumeThat(folder).as("-Dfabriq.mnist=DIR").isNotEmpty();
    return DataFiles.open(Path.of(folder)).read(split);
  }
}
