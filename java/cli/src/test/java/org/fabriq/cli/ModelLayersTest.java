// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.model.ShippedModel;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelLayersTest {
  @TempDir private Path folder;

  private final RandomNetwork random = new RandomNetwork(Seed.random("ModelLayersTest"));

  @Test
  void convolutionsAreTheMatricesOfTheirGroups() {
    Network network = ShippedModel.MNIST_CNN.network();
    ModelLayers layers = ModelLayers.of(network);
    assertThat(layers)
        .hasToString("conv1 9x8 (784 rows a sample), conv2 72x16 (196 rows a sample), fc1 784x10");
    assertThat(ModelLayers.of(QuantizedNetwork.unquantized(network))).isEqualTo(layers);
    assertThat(layers.sizes())
        .containsExactly(new LayerSize(9, 8), new LayerSize(72, 16), new LayerSize(784, 10));
  }

  @Test
  void anIntegerNetworkHasThoseThatRunOnDevices() {
    Network network = random.ofBranches();
    IntegerNetwork integers =
        RandomIntegerNetwork.of(
            network,
            random.tensor(network.input().tensorShape(4)),
            "per-channel:8",
            "affine:8",
            OutputScales.CALIBRATED);
    assertThat(ModelLayers.of(integers).layers().stream().map(ModelLayers.Layer::name))
        .containsExactly("stem", "short", "fc");
    assertThat(ModelLayers.of(network).layers().stream().map(ModelLayers.Layer::name))
        .containsExactly("stem", "wise", "short", "fc");
  }

  @Test
  void aModelWithoutWeightsIsRefused() {
    Network network =
        new Network(SampleShape.vector(3), List.of(new ActivationLayer("relu", Activation.RELU)));
    assertThatThrownBy(() -> ModelLayers.of(network))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("no layer that a kernel multiplies");
  }

  @Test
  void latencyMeasuresTheLayersOfAModel() {
    Path file = folder.resolve("cnn.npz");
    ShippedModel.MNIST_CNN.network().write(file);
    CommandRun run =
        CommandRun.of(
            ("latency --weights %s --device emulation --against cpu:java --kernels i8i8"
                    + " --batches 2 --samples 3 --seconds 0.01")
                .formatted(file)
                .split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "layers   conv1 9x8", "i8i8, layer 9x8", "i8i8, layer 72x16", "i8i8, layer 784x10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--weights @ --sizes 3x4 | --sizes 3x4 has no effect: the sizes are those of --weights",
        "--activation relu | --activation relu has no effect: no model is opened",
        "--weights /no/such.npz | /no/such.npz",
      })
  void whatCannotBeMeasuredIsRefused(String options, String message) {
    Path file = folder.resolve("net.npz");
    ShippedModel.DIGITS.network().write(file);
    CommandRun run = CommandRun.of(("latency " + options.replace("@", file.toString())).split(" "));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).contains(message);
  }
}
