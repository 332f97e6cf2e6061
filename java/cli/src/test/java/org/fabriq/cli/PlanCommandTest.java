// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.testing.ModelFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fabriq plan}. */
class PlanCommandTest {
  @TempDir private Path folder;

  private Path imported(Path model) {
    Path net = folder.resolve("net.npz");
    CommandRun run = CommandRun.of("import", model.toString(), "--out", net.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    return net;
  }

  @Test
  void aNetworkOfVectorsTakesManyImagesAtOnce() throws IOException {
    Path net = imported(OnnxModel.quantized().write(folder.resolve("model.onnx"), "logits"));
    Path program = folder.resolve("program.bin");
    CommandRun run =
        CommandRun.of("plan", net.toString(), "--batch", "8", "--out", program.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("layer +kind +form +gives +beats +cycles +array +weights +taps")
        .containsPattern("dense1\\S* +convolution +\\d folds? ")
        .containsPattern("uses +\\d+ of 64 records, \\d+ of 512 entries of weights")
        .containsPattern("cycles +\\d+ of 8 images, ")
        .contains("written: " + program);
    assertThat(Files.size(program)).isGreaterThan(512).isEqualTo(Files.size(program) / 64 * 64);
  }

  @Test
  void networksInFp32AreNoPrograms() throws IOException {
    Path net = imported(OnnxModel.float32().write(folder.resolve("model.onnx"), "logits"));
    CommandRun run = CommandRun.of("plan", net.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is no integer network", "--form integer");
    CommandRun batch = CommandRun.of("plan", net.toString(), "--batch", "2000");
    assertThat(batch.exitCode()).isEqualTo(2);
  }

  @Test
  void whatDoesNotFitIsSaid() {
    Path net = imported(ModelFolder.file("mlperf-tiny/ad_deep_autoencoder.onnx"));
    Path program = folder.resolve("program.bin");
    CommandRun run = CommandRun.of("plan", net.toString(), "--out", program.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("dense10 +convolution +1 fold +640x1x1 +160 +160 +100 % +160 ")
        .contains("does not fit: 530 entries of weights (512 bytes each), limit 512");
    assertThat(program).doesNotExist();
  }

  @Test
  void networksOfImagesRunOneAfterTheOther() {
    Path net = imported(ModelFolder.file("mlperf-tiny/kws_dscnn.onnx"));
    CommandRun run = CommandRun.of("plan", net.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("conv1 +convolution +2x4 pixels, 1 fold +64x25x5 +625 +625 +100 % +5 ")
        .containsPattern("cycles +7,\\d+ of one image, 7,\\d+ more of each further one");
    CommandRun batch = CommandRun.of("plan", net.toString(), "--batch", "2");
    assertThat(batch.exitCode()).isEqualTo(2);
    assertThat(batch.err()).contains("2 images as pixels of a network with images");
  }
}
