// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.model.ShippedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole networks, measured and studied by the commands. */
class NetworkLatencyTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void writeModels() {
    ShippedModel.DIGITS.network().write(folder.resolve("net.npz"));
    String few = " --weights F/net.npz --form integer --images 20 --calibrate 20 --scheme ";
    runs("quantize --out F/mlp.npz" + few + "per-channel:symmetric:8");
    runs("quantize --out F/affine.npz" + few + "affine:8");
  }

  private static CommandRun run(String line) {
    return CommandRun.of(line.replace("F/", folder + "/").split(" "));
  }

  private static String runs(String line) {
    CommandRun run = run(line);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  /** A network that is a program, and one whose weights have zero points, on two devices. */
  @Test
  void everyWayHasItsTimesAndTheFileIsStudied() throws IOException {
    String out =
        runs(
            "latency --networks F/mlp.npz,F/affine.npz --device reference --against cpu:java"
                + " --batches 1,8 --samples 3 --seconds 0.05 --json F/n.json --csv F/n.csv");
    assertThat(out)
        .contains(
            "reference, one launch",
            "reference, layers",
            "cpu:java, layers",
            "onnxruntime, session",
            "zynq, by formula",
            "no program of zynq:",
            "no launch of the whole:",
            "noisy: 3 samples, fewer than 30");
    assertThat(out.lines().filter(line -> line.matches(" +\\d+ cpu:java, layers .*")))
        .hasSize(4)
        .allMatch(line -> line.length() <= CommandHelp.WIDTH);
    JsonNode networks = json("n.json").path("networks");
    assertThat(networks)
        .extracting(node -> node.path("name").asText())
        .containsExactly("mlp", "affine");
    assertThat(ways(networks.get(0))).startsWith("network", "layer", "layer", "session");
    assertThat(ways(networks.get(1))).startsWith("layer", "layer", "session");
    for (JsonNode side : networks.at("/0/points/1/sides")) {
      assertThat(side.path("p50_us").asDouble()).isPositive();
    }

    String study =
        runs("break-even --from F/n.json --boards zynq,alveo --clock 250 --json F/e.json");
    assertThat(study)
        .contains(
            "Assumed; nothing was measured on a board", "a Zynq-7020: launch 60.0 us", "250 MHz")
        .contains("as the options say", "CPU times of mlp are noisy", "affine", "no program")
        .doesNotContain("KV260");
    JsonNode findings = json("e.json").at("/networks/0/findings");
    assertThat(findings.get(0).path("board").asText()).isEqualTo("zynq");
    assertThat(findings.get(0).path("sentence").asText()).contains("mlp on a Zynq-7020", "?");
    assertThat(runs("break-even --from F/n.json --only-quiet")).doesNotContainPattern("[0-9-]\\?");
  }

  private static List<String> ways(JsonNode network) {
    List<String> ways = new ArrayList<>();
    network.at("/points/0/sides").forEach(side -> ways.add(side.path("way").asText()));
    return ways;
  }

  @Test
  void theWaysOfTheDeviceCanBeChosen() {
    String common =
        "latency --networks F/mlp.npz --device reference --against cpu:java --batches 2"
            + " --samples 1 --seconds 0.01 --launch ";
    assertThat(runs(common + "network"))
        .contains("reference, one launch")
        .doesNotContain("reference, layers");
    assertThat(runs(common + "layer")).contains("reference, layers").doesNotContain(", one launch");
  }

  @Test
  void whatIsNoIntegerNetworkIsRefusedBeforeAnythingIsMeasured() {
    CommandRun run = run("latency --networks F/mlp.npz,F/net.npz --device reference");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err())
        .contains("net.npz is no integer network", "fabriq quantize --form integer");
    assertThat(run.out()).isEmpty();
    assertThat(run("latency --networks F/mlp.npz,F/mlp.npz --device reference").err())
        .contains("two files are called mlp");
  }
}
