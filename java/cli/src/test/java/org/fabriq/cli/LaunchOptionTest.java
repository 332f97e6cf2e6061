// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.fabriq.model.ShippedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --launch}: what is launched at once, what is said of it, and what is refused. */
class LaunchOptionTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void writeModels() {
    ShippedModel.DIGITS.network().write(folder.resolve("net.npz"));
    for (String scheme : new String[] {"symmetric", "affine"}) {
      CommandRun run =
          run(
              ("quantize --weights F/net.npz --form integer --images 20 --calibrate 20 --scheme"
                      + " per-channel:%s:8 --out F/%s.npz")
                  .formatted(scheme, scheme));
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
  }

  private static CommandRun run(String line) {
    return CommandRun.of(line.replace("F/", folder + "/").split(" "));
  }

  private static String infer(String model, String more) {
    CommandRun run = run("infer --weights F/%s.npz --images 70 %s".formatted(model, more));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void aDeviceThatTakesNetworksIsGivenThem() {
    String whole = infer("symmetric", "--device reference");
    assertThat(whole).contains("launch   network: one for a batch");
    String forced = infer("symmetric", "--device reference --launch network");
    assertThat(forced).isEqualTo(whole);
    String layers = infer("symmetric", "--device reference --launch layer");
    assertThat(layers).contains("launch   layer by layer: as --launch says");
    assertThat(results(layers)).isEqualTo(results(whole));
  }

  private static String results(String out) {
    return out.substring(out.indexOf("\n", out.indexOf("launch ")));
  }

  @Test
  void whatIsNotLaunchedAtOnceIsSaid() {
    assertThat(infer("symmetric", "--device cpu:java"))
        .contains("launch   layer by layer: cpu:java takes no whole networks");
    assertThat(infer("affine", "--device reference"))
        .contains("launch   layer by layer\n")
        .contains("have the zero point", "quantize them as symmetric:8");
    assertThat(infer("symmetric", "--device reference --offload 1,2"))
        .contains("launch   network, in parts: fc1..")
        .contains("not whole: its layers are on reference and cpu")
        .contains("layer fc3: cpu:java takes no whole networks");
  }

  @Test
  void comparisonsSayItToo() {
    CommandRun run =
        run("compare --weights F/symmetric.npz --images 64 --samples 1 --device reference");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("launch   network: one for a batch")
        .containsPattern("integer +reference .* 0 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"infer", "compare"})
  void whatCannotBeIsRefused(String command) {
    CommandRun device =
        run(command + " --weights F/symmetric.npz --images 20 --device cpu:java --launch network");
    assertThat(device.exitCode()).isEqualTo(2);
    assertThat(device.err())
        .contains("layer fc1", "cpu:java takes no whole networks", "launch layer by layer");
    CommandRun weights =
        run(command + " --weights F/affine.npz --images 20 --device reference --launch network");
    assertThat(weights.exitCode()).isEqualTo(2);
    assertThat(weights.err()).contains("layer fc1", "zero point", "launch layer by layer");
    CommandRun word = run(command + " --weights F/symmetric.npz --launch whole");
    assertThat(word.exitCode()).isEqualTo(2);
    assertThat(word.err()).contains("'whole' is none of layer, network");
  }

  @Test
  void withoutAnIntegerNetworkItHasNoEffect() {
    CommandRun run = run("infer --images 20 --variant f32i8 --launch layer");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--launch layer has no effect", "leave it out, or give the variant integer");
  }
}
