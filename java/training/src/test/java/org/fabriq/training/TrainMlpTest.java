// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseNpz;
import org.fabriq.model.Network;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainMlpTest {
  @TempDir static Path folder;

  private static Path weights;
  private static String log;

  @BeforeAll
  static void trainShortly() {
    weights = folder.resolve("first.npz");
    log = train(weights, 5);
  }

  @Test
  void shortTrainingLearnsToRead() {
    Network network = DenseNpz.read(weights, Activation.TANH);
    assertThat(network.input().size()).isEqualTo(784);
    assertThat(network.weightedLayers())
        .extracting(layer -> network.weightedLayer(layer).outputs())
        .containsExactly(128, 64, 10);
    assertThat(Accuracy.percent(network, SyntheticDigits.generate(99, 1_000))).isGreaterThan(65);
  }

  @Test
  void progressNamesEveryEpochAndItsAccuracy() {
    assertThat(log.lines())
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).contains("3,000 training images").endsWith("seed 5"),
            line -> assertThat(line).matches("epoch 1: loss \\d\\.\\d{4}, test accuracy .* %"),
            line -> assertThat(line).matches("epoch 2: loss \\d\\.\\d{4}, test accuracy .* %"),
            line -> assertThat(line).contains("first.npz: test accuracy"));
  }

  @Test
  void oneSeedGivesTheSameFileAgainAndAnotherADifferentOne() throws IOException {
    Path again = folder.resolve("again.npz");
    train(again, 5);
    assertThat(again).hasSameBinaryContentAs(weights);
    Path other = folder.resolve("other.npz");
    train(other, 6);
    assertThat(Files.mismatch(other, weights)).isNotNegative();
  }

  @ParameterizedTest
  @CsvSource({
    "--data /no/such/folder, /no/such/folder",
    "--out /no/such/folder/w.npz, --out: folder /no/such/folder does not exist",
    "--epochs 0, epochs 0 is outside",
    "--batch 10001, batch 10001 is outside",
    "--train-images 0, --train-images 0 is outside",
    "--test-images -1, --test-images -1 is outside",
    "--held-out -1, --held-out -1 is outside",
    "--seed one, 'one'"
  })
  void wrongInputIsOneLineAndExitCodeTwo(String options, String message) {
    Path out = folder.resolve("never.npz");
    String output = options.startsWith("--out") ? "" : "--out " + out + " ";
    TrainingRun.refused(TrainMlp.commandLine(), output + options, message);
    assertThat(out).doesNotExist();
  }

  private static String train(Path out, int seed) {
    return TrainingRun.done(
        TrainMlp.commandLine(),
        "--out=%s --seed=%d --epochs=2 --train-images=3000 --test-images=500".formatted(out, seed));
  }
}
