// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.OverlayParts;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.testing.ModelFolder;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
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
    assertThat(run.out().lines().filter(line -> line.matches("(layer|dense).*% .*|layer +kind.*")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(Files.size(program)).isGreaterThan(512).isEqualTo(Files.size(program) / 64 * 64);
  }

  @Test
  void networksInFp32AreNoPrograms() throws IOException {
    Path net = imported(OnnxModel.float32().write(folder.resolve("model.onnx"), "logits"));
    CommandRun run = CommandRun.of("plan", net.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is no integer network", "--form integer");
    CommandRun batch = CommandRun.of("plan", net.toString(), "--batch", "0");
    assertThat(batch.exitCode()).isEqualTo(2);
  }

  @Test
  void layersOfTheFirstQuarterAreCounted() {
    Path net = imported(ModelFolder.file("mlperf-tiny/ad_deep_autoencoder.onnx"));
    CommandRun run = CommandRun.of("plan", net.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("dense10 +convolution +1 fold +640x1x1 +160 +160 +100 % +160 ")
        .contains("512 of 512 entries of weights and 24 of 512 of the first quarter")
        .contains("launches 1 for a batch");
  }

  @Test
  void aNetworkOfTooManyLayersIsCutInPrograms() {
    IntegerNetwork network = new RandomOverlayNetwork(Seed.random("many layers")).ofChain(70);
    Path net = folder.resolve("net.npz");
    network.write(net);
    Path program = folder.resolve("many.bin");
    CommandRun run = CommandRun.of("plan", net.toString(), "--out", program.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("dense0\\.\\.dense\\d+, program 1")
        .containsPattern("dense\\d+\\.\\.dense69, program 2")
        .contains("does not fit at once: 70 layers, limit 64")
        .contains("launches 2 for a batch")
        .doesNotContain("one by one");
    assertThat(program).doesNotExist();
    assertThat(folder.resolve("many-1.bin")).isRegularFile();
    assertThat(folder.resolve("many-2.bin")).isRegularFile();
  }

  @Test
  void layersInNoProgramAreNamedWithTheReason() {
    RandomOverlayNetwork networks = new RandomOverlayNetwork(Seed.random("affine weights"));
    IntegerNetwork network = networks.ofManyLayers(12, 60);
    Path net = folder.resolve("net.npz");
    network.write(net);
    OverlayParts parts = OverlayParts.of(network, OverlayTarget.DEFAULT);
    assertThat(parts.outside()).isNotEmpty();
    CommandRun run = CommandRun.of("plan", net.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    int layer = network.graph().index(parts.outside().get(0));
    assertThat(run.out())
        .contains("launches %d for a batch".formatted(parts.launches()))
        .contains(parts.reason(layer).orElseThrow())
        .containsPattern("one by one: layers? .*" + parts.outside().get(0));
  }

  @Test
  void aDeviceOrANameSaysWhatThereIs() throws IOException {
    String net =
        imported(OnnxModel.quantized().write(folder.resolve("model.onnx"), "logits")).toString();
    CommandRun named = CommandRun.of("plan", net, "--target", "zynq");
    CommandRun device = CommandRun.of("plan", net, "--device", "reference");
    assertThat(named.exitCode()).as(named.err()).isZero();
    assertThat(device.out()).isEqualTo(named.out());
    CommandRun without = CommandRun.of("plan", net, "--device", "cpu");
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("cpu takes no whole networks", "--target zynq");
    CommandRun both = CommandRun.of("plan", net, "--device", "reference", "--target", "zynq");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--target zynq has no effect", "leave out one of both");
    CommandRun unknown = CommandRun.of("plan", net, "--target", "zinc");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("'zinc'", "zynq");
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
    assertThat(batch.out()).isEqualTo(run.out());
  }
}
