// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fabriq.files.ModelFiles;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.ArgmaxLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.model.ShippedModel;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on the embedded default, with few images. */
class CommandsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"emulation", "cpu", "reference"})
  void compareIsExactOnEveryDevice(String device) throws IOException {
    Path file = folder.resolve("compare.json");
    CommandRun run =
        CommandRun.of(
            "compare",
            "--images",
            "500",
            "--samples",
            "20",
            "--device",
            device,
            "--json",
            file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode root = new ObjectMapper().readTree(Files.readString(file));
    assertThat(root.get("schema").asInt()).isEqualTo(2);
    assertThat(root.get("variants").findValuesAsText("name"))
        .containsExactly("f32", "f32f32", "f32i8", "i8i8");
    for (JsonNode variant : root.get("variants")) {
      assertThat(variant.get("images").asInt()).isEqualTo(500);
      assertThat(variant.get("mismatches").asLong()).isZero();
      assertThat(variant.get("accuracy").asDouble()).isBetween(0.93, 1.0);
      assertThat(variant.get("agreement").asDouble()).isBetween(0.98, 1.0);
      assertThat(variant.get("noise").isArray()).isTrue();
      for (String side : new String[] {"latency", "cpu"}) {
        JsonNode latency = variant.get(side);
        assertThat(latency.get("p50_us").asDouble()).isPositive();
        assertThat(latency.get("p99_us").asDouble())
            .isGreaterThanOrEqualTo(latency.get("p50_us").asDouble());
      }
    }
    assertThat(root.get("variants").get(3).get("weight_bytes").asLong()).isEqualTo(128 * 64);
    assertThat(root.get("variants").get(1).get("agreement").asDouble()).isEqualTo(1.0);
  }

  @Test
  void fewSamplesAreNoisyWhateverTheMachineDoes() throws IOException {
    Path file = folder.resolve("compare.json");
    String[] line = {"compare", "--images", "20", "--samples", "5", "--batch", "1"};
    CommandRun marked = CommandRun.of(with(line, "--json", file.toString()));
    assertThat(marked.out())
        .containsPattern("i8i8 +noisy: 5 samples, fewer than 30.*\\Ri8i8 +5( +[0-9.]+\\?){3} ");
    for (JsonNode variant : new ObjectMapper().readTree(Files.readString(file)).get("variants")) {
      assertThat(variant.at("/noise/0").asText()).isEqualTo("5 samples, fewer than 30");
      assertThat(variant.at("/cpu/samples").asInt()).isEqualTo(5);
      assertThat(variant.at("/cpu/spread").asDouble()).isNotNegative();
    }
    CommandRun withheld = CommandRun.of(with(line, "--only-quiet"));
    assertThat(withheld.exitCode()).as(withheld.err()).isZero();
    assertThat(withheld.out())
        .contains("i8i8     noisy: 5 samples, fewer than 30")
        .doesNotContainPattern("[0-9]\\?");
  }

  private static String[] with(String[] line, String... more) {
    return Stream.concat(Arrays.stream(line), Arrays.stream(more)).toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "1,3", "all"})
  void anySetOfLayersCanBePlaced(String layers) {
    CommandRun run =
        CommandRun.of("compare", "--images", "100", "--samples", "5", "--offload", layers);
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed:8,6",
        "fixed:4",
        "affine",
        "affine:6",
        "symmetric",
        "symmetric:5",
        "per-channel:8",
        "codebook:3"
      })
  void everySchemeRuns(String scheme) {
    CommandRun run =
        CommandRun.of("compare", "--images", "100", "--samples", "5", "--scheme", scheme);
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains(scheme);
  }

  @Test
  void aQuantizedFileInfersAsIfQuantizedOnTheSpot() {
    Path file = folder.resolve("quantized.npz");
    CommandRun quantize = CommandRun.of("quantize", "--out", file.toString());
    assertThat(quantize.exitCode()).as(quantize.err()).isZero();
    assertThat(quantize.out()).contains("fc1", "fc2", "fc3", "SQNR");
    String[] spot = {"infer", "--images", "300", "--show", "300", "--offload", "all"};
    CommandRun expected = CommandRun.of(spot);
    CommandRun run =
        CommandRun.of(
            "infer",
            "--images",
            "300",
            "--show",
            "300",
            "--offload",
            "all",
            "--weights",
            file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("model    784-128-64-10, activation tanh, weights " + file);
    assertThat(run.out().lines().skip(1))
        .containsExactlyElementsOf(expected.out().lines().skip(1).toList());
    assertThat(run.out()).contains("accuracy 9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f32f32 | codebook:4 | centroids,bias",
        "f32f32 | per-channel:4,mse,axis=1 | adaround,bias",
        "f32f32 | per-channel:affine:4,axis=-1 | gptq",
        "f32i8 | per-channel:symmetric:3,mse | gptq,bias",
        "i8i8 | per-channel:4,mse | adaround",
        "integer | per-channel:8 | bias",
        "i8i8 | codebook:4 | ",
      })
  void aFileInfersAsItsReportSays(String form, String scheme, String passes) throws IOException {
    Path file = folder.resolve("model.npz");
    Path json = folder.resolve("report.json");
    List<String> quantize =
        new ArrayList<>(List.of("quantize", "--images", "400", "--calibrate", "300"));
    quantize.addAll(List.of("--form", form, "--scheme", scheme, "--out", file.toString()));
    quantize.addAll(List.of("--json", json.toString()));
    if (passes != null) {
      quantize.addAll(List.of("--pass", passes));
    }
    if ("adaround".equals(passes)) {
      quantize.addAll(List.of("--iterations", "100"));
    }
    CommandRun run = CommandRun.of(quantize.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(Files.readString(json));
    JsonNode stages = report.get("stages");
    assertThat(stages).hasSize(passes == null ? 1 : 1 + passes.split(",").length);
    JsonNode last = stages.get(stages.size() - 1);
    assertThat(last.get("layers")).hasSize(3);
    assertThat(last.get("accuracy").asDouble()).isGreaterThan(0.9);
    String variant = form;
    CommandRun infer =
        CommandRun.of(
            "infer",
            "--images",
            "400",
            "--show",
            "0",
            "--offload",
            "all",
            "--device",
            "cpu",
            "--variant",
            variant,
            "--weights",
            file.toString());
    assertThat(infer.exitCode()).as(infer.err()).isZero();
    assertThat(infer.out())
        .contains(
            form + " on cpu", "accuracy %.2f%%".formatted(100 * last.get("accuracy").asDouble()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"calibrated", "accumulated", "accumulated-shifts"})
  void everyKindOfScalesKeepsTheAccuracy(String scales) {
    Path file = folder.resolve("graph.npz");
    CommandRun run =
        CommandRun.of(
            "quantize",
            "--images",
            "300",
            "--calibrate",
            "200",
            "--form",
            "integer",
            "--scheme",
            "symmetric:8",
            "--scales",
            scales,
            "--out",
            file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    CommandRun infer =
        CommandRun.of("infer", "--images", "300", "--weights", file.toString(), "--device", "cpu");
    assertThat(infer.out()).as(infer.err()).contains("integer on cpu", "accuracy 9");
  }

  @Test
  void biasesAreCorrectedFromTheNormalizationOfAFile() {
    Path network = folder.resolve("cnn.npz");
    RandomNetwork random = new RandomNetwork(Seed.random("CommandsTest"));
    new Network(
            SampleShape.image(1, 28, 28),
            List.of(
                random.conv("conv1", 1, 2, 1, Window.square(4, 4, 0), false),
                random.norm("bn1", 2),
                new ActivationLayer("relu1", Activation.RELU),
                new FlattenLayer("flat"),
                new DenseLayer("fc", random.tensor(10, 98), null)))
        .write(network);
    CommandRun run =
        CommandRun.of(
            ("quantize --weights %s --scheme symmetric:4 --pass bias-batch-norm --images 50"
                    + " --calibrate 50 --out %s")
                .formatted(network, folder.resolve("corrected.npz"))
                .split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("nearest ", "bias-batch-norm ");
  }

  @Test
  void aNetworkThatEndsInArgmaxIsMeasuredByItsClasses() {
    List<Layer> layers = new ArrayList<>(ShippedModel.DIGITS.network().layers());
    layers.add(new ArgmaxLayer("class"));
    Path network = folder.resolve("classes.npz");
    new Network(SampleShape.vector(784), layers).write(network);
    Path integers = folder.resolve("integers.npz");
    CommandRun quantize =
        CommandRun.of(
            "quantize --form integer --images 100 --calibrate 100 --weights %s --out %s"
                .formatted(network, integers)
                .split(" "));
    assertThat(quantize.exitCode()).as(quantize.err()).isZero();
    assertThat(quantize.out()).contains("accuracy 9", "agreement ");
    for (Path file : List.of(network, integers)) {
      CommandRun infer =
          CommandRun.of("infer", "--images", "100", "--weights", file.toString(), "--show", "1");
      assertThat(infer.exitCode()).as(infer.err()).isZero();
      assertThat(infer.out()).contains("class 3  label 3", "accuracy 9");
    }
  }

  @Test
  void theInputOfIntegersIsBytesOrFitted() throws IOException {
    for (String codes : List.of("bytes", "fitted")) {
      Path file = folder.resolve(codes + ".npz");
      CommandRun run =
          CommandRun.of(
              ("quantize --form integer --images 50 --calibrate 50 --input-codes %s --out %s")
                  .formatted(codes, file)
                  .split(" "));
      assertThat(run.exitCode()).as(run.err()).isZero();
      Encoding input = ((IntegerNetwork) ModelFiles.open(file, null)).inputCodes();
      Encoding fitted = Encoding.perTensor(8, true, 1 / 127f, 0);
      assertThat(input).isEqualTo(codes.equals("bytes") ? IntegerNetwork.PIXELS : fitted);
    }
  }

  @Test
  void networksBecomeIntegersAlone() throws IOException {
    Path network = folder.resolve("network.npz");
    ShippedModel.DIGITS.network().write(network);
    Path file = folder.resolve("integers.npz");
    CommandRun run =
        CommandRun.of(
            "quantize",
            "--images",
            "200",
            "--calibrate",
            "100",
            "--form",
            "integer",
            "--weights",
            network.toString(),
            "--out",
            file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("integer on cpu");
    CommandRun infer =
        CommandRun.of("infer", "--images", "200", "--weights", file.toString(), "--device", "cpu");
    assertThat(infer.out()).contains("integer on cpu", "accuracy 9");
    CommandRun again =
        CommandRun.of("quantize", "--weights", file.toString(), "--out", file + "-again.npz");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("quantized already");
    CommandRun compare =
        CommandRun.of("compare", "--weights", file.toString(), "--images", "64", "--samples", "1");
    assertThat(compare.exitCode()).as(compare.err()).isZero();
    assertThat(compare.out()).containsPattern("integer +emulation +as in file +[0-9.]+% +- +0 ");
  }

  @Test
  void weightsWithAScalePerInputRunInFp32Alone() {
    String file = folder.resolve("inputs.npz").toString();
    String quantize = "quantize --form f32f32 --scheme per-channel:8,axis=1 --images 300 --out ";
    CommandRun written = CommandRun.of((quantize + file).split(" "));
    assertThat(written.exitCode()).as(written.err()).isZero();
    String compare = "compare --images 300 --samples 5 --weights " + file;
    CommandRun decoded = CommandRun.of((compare + " --variants f32f32").split(" "));
    assertThat(decoded.exitCode()).as(decoded.err()).isZero();
    CommandRun all = CommandRun.of(compare.split(" "));
    assertThat(all.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(all.err())
        .contains("layer fc1 in f32i8: 784 scales of weights int8[128, 784] along axis 1")
        .contains("quantize along axis 0");
  }

  @Test
  void sweepGoesOverSchemesAndBits() throws IOException {
    Path json = folder.resolve("sweep.json");
    CommandRun run =
        CommandRun.of(
            "sweep",
            "--images",
            "300",
            "--scheme",
            "per-channel:{},mse",
            "--scheme",
            "codebook:4",
            "--bits",
            "2,4..5",
            "--form",
            "f32i8",
            "--json",
            json.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode schemes = new ObjectMapper().readTree(Files.readString(json)).get("schemes");
    assertThat(schemes.findValuesAsText("scheme"))
        .containsExactly(
            "per-channel:2,mse", "per-channel:4,mse", "per-channel:5,mse", "codebook:4");
    for (int i = 1; i < 3; i++) {
      assertThat(sqnr(schemes.get(i))).isGreaterThan(sqnr(schemes.get(i - 1)));
    }
    assertThat(run.out()).contains("codebook:4");
  }

  private static double sqnr(JsonNode scheme) {
    return scheme.at("/stages/0/layers/0/weight_sqnr_db").asDouble();
  }

  @Test
  void sweepShowsThatLiteralCodesCostAccuracy() throws IOException {
    Path file = folder.resolve("sweep.json");
    CommandRun run =
        CommandRun.of(
            "sweep", "--images", "1000", "--calibrate", "1000", "--json", file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode root = new ObjectMapper().readTree(Files.readString(file));
    double fp32 = root.get("fp32").asDouble();
    JsonNode rows = root.get("rows");
    assertThat(rows).hasSize(8);
    assertThat(rows.get(7).get("all").get("accuracy").asDouble()).isGreaterThan(fp32 - 0.003);
    assertThat(rows.get(0).get("all").get("accuracy").asDouble()).isLessThan(fp32 - 0.3);
    assertThat(rows.get(7).get("literal").get("accuracy").asDouble())
        .isLessThan(rows.get(7).get("all").get("accuracy").asDouble());
    JsonNode int16 = root.get("int16");
    assertThat(int16.get("weights").asText())
        .isEqualTo("fixed:8," + rows.get(7).get("layer2").get("fl").asInt());
    assertThat(int16.get("sums").asLong()).isEqualTo(1000 * 64);
    assertThat(int16.get("bits_seen").asInt()).isBetween(10, int16.get("bits_possible").asInt());
    assertThat(int16.get("exact_accuracy").asDouble()).isGreaterThan(fp32 - 0.01);
    assertThat(int16.get("left").asLong() == 0).isEqualTo(int16.get("bits_seen").asInt() <= 16);
    assertThat(run.out()).contains("int16: layer 2", "(16,wrap)");
  }

  @Test
  void roundingShowsTiesAndCountsDifferences() {
    CommandRun run = CommandRun.of("rounding", "--samples", "20000");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("exact +-2 +-2 +0 +0 +2 +2")
        .containsPattern("tflite, double rounding +-3 +-2 +-1 +1 +2 +3")
        .containsPattern("0\\.5 +tflite, single rounding +25\\.\\d+%");
    CommandRun wrong = CommandRun.of("rounding", "--multiplier", "-1");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("-1.0");
  }

  @Test
  void devicesAndDoctorTellWhatIsThere() {
    assertThat(CommandRun.of("devices").out())
        .contains("reference", "cpu", "emulation", "available");
    CommandRun doctor = CommandRun.of("doctor");
    assertThat(doctor.exitCode()).as(doctor.out()).isZero();
    assertThat(doctor.out()).contains("self-test exact", "cmake");
  }

  @Test
  void versionAndHelp() {
    assertThat(CommandRun.of("--version").out()).startsWith("fabriq ");
    assertThat(CommandRun.of("--help").out()).contains("compare", "sweep", "Exit codes");
    assertThat(CommandRun.of("compare", "--help").out()).contains("--device", "--json");
  }
}
