// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCnnTest {
  @TempDir Path folder;

  @Test
  void shortTrainingLearnsToReadAndRepeats() {
    Path out = folder.resolve("cnn.npz");
    Path again = folder.resolve("again.npz");
    String log = train(out);
    assertThat(train(again).replace("again", "cnn")).isEqualTo(log);
    assertThat(again).hasSameBinaryContentAs(out);
    Network network = Network.read(out);
    assertThat(network.layers())
        .extracting("name")
        .containsExactly(
            "conv1", "bn1", "relu1", "pool1", "conv2", "bn2", "relu2", "pool2", "flat", "fc1");
    assertThat(Accuracy.percent(network, SyntheticDigits.generate(99, 500))).isGreaterThan(60);
  }

  private static String train(Path out) {
    return TrainingRun.done(
        TrainCnn.commandLine(),
        "--epochs 1 --batch 10 --train-images 2000 --test-images 200 --out " + out);
  }
}
