// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.fabriq.data.Samples;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Activation;
import org.fabriq.model.Argmax;
import org.fabriq.model.DenseNpz;
import org.fabriq.model.Network;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.DenseEncodingsWriter;
import org.fabriq.testing.NearestWeights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights of other activation functions than tanh, from npz files that do not say which. */
class ActivationOptionTest {
  private static final int IMAGES = 120;
  private static final int[] SIZES = {784, 24, 16, 10};
  private static final List<String> IN_FORM =
      List.of("--calibrate", "100", "--images", "" + IMAGES, "--device", "reference");

  @TempDir private Path folder;
  private final Map<String, Float32Tensor> tensors = new LinkedHashMap<>();
  private Path weights;

  @BeforeEach
  void writeWeights() {
    SplittableRandom random = new SplittableRandom(5);
    for (int layer = 1; layer < SIZES.length; layer++) {
      tensors.put("fc" + layer + "w", tensor(random, SIZES[layer], SIZES[layer - 1]));
      tensors.put("fc" + layer + "b", tensor(random, SIZES[layer]));
    }
    weights = folder.resolve("random.npz");
    NpzFile.write(weights, tensors);
  }

  /** Values that leave sums of the order of 1. */
  private static Float32Tensor tensor(SplittableRandom random, int... shape) {
    Float32Tensor tensor = Float32Tensor.allocate(shape);
    double most = 3 / Math.sqrt(shape[shape.length - 1] / 4.0);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-most, most));
    }
    return tensor;
  }

  private static DoubleUnaryOperator function(Activation activation) {
    return switch (activation) {
      case NONE -> x -> x;
      case TANH -> Math::tanh;
      case RELU -> x -> x > 0 ? x : 0;
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
    };
  }

  /** The classes by loops in double, as people would write them. */
  private List<Integer> classes(Activation activation) {
    Samples images = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, IMAGES);
    Float32Tensor inputs = images.inputs(0, IMAGES);
    List<Integer> classes = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      double[] values = new double[SIZES[0]];
      for (int i = 0; i < values.length; i++) {
        values[i] = inputs.get(image, i);
      }
      for (int layer = 1; layer < SIZES.length; layer++) {
        values = layer(layer, values);
        for (int i = 0; layer + 1 < SIZES.length && i < values.length; i++) {
          values[i] = function(activation).applyAsDouble(values[i]);
        }
      }
      Float32Tensor logits = Float32Tensor.allocate(1, values.length);
      for (int i = 0; i < values.length; i++) {
        logits.set(i, (float) values[i]);
      }
      classes.add(Argmax.of(logits, 0));
    }
    return classes;
  }

  private double[] layer(int layer, double[] values) {
    double[] sums = new double[SIZES[layer]];
    for (int n = 0; n < sums.length; n++) {
      sums[n] = tensors.get("fc" + layer + "b").get(n);
      for (int k = 0; k < values.length; k++) {
        sums[n] += values[k] * tensors.get("fc" + layer + "w").get(n, k);
      }
    }
    return sums;
  }

  private static List<Integer> classes(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out()
        .lines()
        .filter(line -> line.startsWith("image "))
        .map(line -> Integer.parseInt(line.replaceFirst(".*class (\\d).*", "$1")))
        .toList();
  }

  private CommandRun infer(Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("infer", "--images", "" + IMAGES));
    arguments.addAll(List.of("--show", "" + IMAGES, "--offload", "all", "--weights"));
    arguments.add(file.toString());
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource
  void theFunctionAskedForIsTheOneComputed(Activation activation) {
    CommandRun run = infer(weights, "--variant", "f32f32", "--activation", activation.word());
    assertThat(classes(run)).isEqualTo(classes(activation));
    assertThat(run.out())
        .startsWith("model    784-24-16-10, activation " + activation.word() + ", weights ");
    assertThat(List.of(Activation.values()).stream().map(this::classes).distinct()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "relu, emulation",
    "relu, reference",
    "sigmoid, emulation",
    "none, emulation",
    "tanh, reference"
  })
  void allVariantsHaveTheBitsOfTheReference(String activation, String device) throws IOException {
    Path json = folder.resolve("compare.json");
    CommandRun run =
        CommandRun.of(
            ("compare --images 60 --batch 30 --samples 2 --calibrate 100 --offload all --weights %s"
                    + " --activation %s --device %s --json %s")
                .formatted(weights, activation, device, json)
                .split(" "));
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .startsWith("model    784-24-16-10, activation " + activation + ", weights " + weights);
    JsonNode root = new ObjectMapper().readTree(json.toFile());
    assertThat(root.get("activation").asText()).isEqualTo(activation);
    assertThat(root.get("variants")).hasSize(4);
    for (JsonNode variant : root.get("variants")) {
      assertThat(variant.get("mismatches").asLong()).isZero();
      assertThat(variant.get("agreement").asDouble()).isGreaterThan(0.9);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "f32i8, relu",
    "i8i8, relu",
    "i8i8, sigmoid",
    "i8i8, none",
    "f32f32, tanh",
    "integer, relu",
    "integer, sigmoid"
  })
  void aQuantizedFileSaysItsFunction(String form, String activation) throws IOException {
    Path file = folder.resolve("quantized.npz");
    Path json = folder.resolve("report.json");
    List<String> arguments = new ArrayList<>(List.of("quantize", "--weights", weights.toString()));
    arguments.addAll(List.of("--activation", activation, "--form", form));
    arguments.addAll(List.of("--out", file.toString(), "--json", json.toString()));
    arguments.addAll(IN_FORM);
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(", activation " + activation + ", weights " + weights);
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("activation").asText()).isEqualTo(activation);
    CommandRun infer = infer(file, "--variant", form, "--device", "emulation");
    List<Integer> expected = classes(Activation.of(activation));
    List<Integer> found = classes(infer);
    int agreeing = 0;
    for (int i = 0; i < IMAGES; i++) {
      agreeing += found.get(i).equals(expected.get(i)) ? 1 : 0;
    }
    assertThat(agreeing).as("of %d", IMAGES).isGreaterThan(IMAGES * 9 / 10);
    CommandRun other = infer(file, "--activation", activation.equals("tanh") ? "relu" : "tanh");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("--activation", "quantized").hasLineCount(1);
    if (!form.equals("integer")) {
      assertThat(other.err()).contains("which says " + activation);
      assertThat(infer(file, "--activation", activation).exitCode()).isZero();
    }
  }

  @Test
  void aFileOfAnEarlierFabriqIsOfTanh() throws IOException {
    Path file = folder.resolve("quantized.npz");
    Network network = DenseNpz.network(tensors, "w", Activation.TANH);
    DenseEncodingsWriter.write(
        network, NearestWeights.quantize(network, QuantizerSpec.parse("fixed:8")), Map.of(), file);
    List<Integer> classes = classes(infer(file, "--variant", "f32i8"));
    Path json = folder.resolve("quantized.json");
    String text = Files.readString(json);
    String earlier =
        text.replace("\"schema\": 2", "\"schema\": 1")
            .replaceFirst("\\s*\"activation_function\": \"tanh\",", "");
    assertThat(earlier).isNotEqualTo(text).doesNotContain("tanh");
    Files.writeString(json, earlier);
    CommandRun infer = infer(file, "--variant", "f32i8");
    assertThat(classes(infer)).isEqualTo(classes);
    assertThat(infer.out()).contains("activation tanh");
    assertThat(infer(file, "--activation", "relu").err())
        .contains("--activation relu contradicts " + json + ", which says tanh");
  }

  @Test
  void aNetworkOfLayersSaysItsFunctions() {
    Path network = folder.resolve("network.npz");
    DenseNpz.network(tensors, "w", Activation.RELU).write(network);
    String quantize =
        "quantize --images 20 --calibrate 20 --weights %s --out %s"
            .formatted(network, folder.resolve("graph.npz"));
    CommandRun run = CommandRun.of(quantize.split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(", activation relu, weights " + network);
    assertThat(CommandRun.of((quantize + " --activation relu").split(" ")).exitCode()).isZero();
    CommandRun other = CommandRun.of((quantize + " --activation tanh").split(" "));
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .isEqualToIgnoringNewLines(
            "fabriq: --activation tanh contradicts %s, which says relu; leave --activation out"
                .formatted(network));
  }

  @ParameterizedTest
  @CsvSource({
    "compare",
    "infer",
    "sweep",
    "sweep --scheme per-channel:8",
    "quantize --out /tmp/never.npz"
  })
  void plainWeightsAskForIt(String command) {
    CommandRun run = CommandRun.of((command + " --images 20 --weights " + weights).split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            ("fabriq: %s does not say what its layers but the last apply; give --activation with"
                    + " one of none, tanh, relu, sigmoid (the lab's weights and those that FabriQ"
                    + " ships use tanh)")
                .formatted(weights));
  }

  @Test
  void anotherWordIsRefusedWithThoseThereAre() {
    CommandRun run = CommandRun.of("infer", "--weights", "" + weights, "--activation", "gelu");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--activation", "'gelu'", "there are none, tanh, relu, sigmoid");
  }

  @Test
  void theOnlyLayerNeedsNoFunctionAndIsPlaced() {
    Path single = folder.resolve("single.npz");
    NpzFile.write(single, Map.of("fc1w", tensor(new SplittableRandom(6), 10, 784)));
    CommandRun run =
        CommandRun.of("compare", "--images", "64", "--samples", "1", "--weights", "" + single);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("placed   layer 1 on emulation");
  }

  @Test
  void shippedWeightsSayTanh() {
    CommandRun same = CommandRun.of("infer", "--images", "20", "--activation", "tanh");
    assertThat(same.exitCode()).as(same.err()).isZero();
    assertThat(same.out()).startsWith("model    784-128-64-10, activation tanh, weights digits");
    CommandRun other = CommandRun.of("infer", "--images", "20", "--activation", "relu");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .contains("--activation relu", "the shipped model digits, which says tanh");
  }
}
