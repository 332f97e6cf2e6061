// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.fabriq.FileFormatException;
import org.fabriq.model.ShippedModel;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Codebook;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingsFileTest {
  private static final String AIMET =
      """
      {"version": "0.6.1",
       "activation_encodings": {
         "input": [{"bitwidth": 8, "dtype": "int", "is_symmetric": "False",
                    "max": 2.55, "min": -0.5, "offset": -42, "scale": 0.0119607843137255}]},
       "param_encodings": {
         "conv.weight": [
           {"bitwidth": 4, "dtype": "int", "is_symmetric": "True",
            "max": 0.875, "min": -1.0, "offset": -8, "scale": 0.125},
           {"bitwidth": 4, "dtype": "int", "is_symmetric": "True",
            "max": 7, "min": -8, "offset": -8, "scale": 1}]},
       "quantizer_args": {"activation_bitwidth": 8, "quant_scheme": "post_training_tf"}}
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.encodings");
  }

  private EncodingsFile read(String json) throws IOException {
    Files.writeString(file, json);
    return EncodingsFile.read(file);
  }

  private static Encoding random(SplittableRandom random) {
    boolean signed = random.nextBoolean();
    int bits = random.nextInt(2, 17);
    int channels = random.nextInt(1, 4);
    Encoding range = Encoding.perTensor(bits, signed, 1, 0);
    boolean narrow = signed && random.nextBoolean();
    float[] scales = new float[channels];
    int[] zeros = new int[channels];
    for (int i = 0; i < channels; i++) {
      scales[i] = Math.scalb((float) random.nextDouble(1, 2), random.nextInt(-149, 127));
      zeros[i] = random.nextInt(range.qmin() + 1, range.qmax() + 1);
    }
    return new Encoding(bits, signed, narrow, scales, zeros, random.nextInt(-2, 3));
  }

  @Test
  void roundTripsBitForBit() {
    SplittableRandom random = Seed.random("encodings");
    for (int i = 0; i < 200; i++) {
      Map<String, Encoding> activations = new LinkedHashMap<>();
      Map<String, Encoding> parameters = new LinkedHashMap<>();
      for (int k = random.nextInt(4); k > 0; k--) {
        activations.put("layer \"" + k + "\"\n\u00e9", random(random));
        parameters.put("fc" + k, random(random));
      }
      EncodingsFile encodings = new EncodingsFile(activations, parameters);
      encodings.write(file);
      assertThat(EncodingsFile.read(file)).isEqualTo(encodings);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void everyWidthRoundTrips(int bits) {
    Map<String, Encoding> encodings = new LinkedHashMap<>();
    for (boolean signed : new boolean[] {true, false}) {
      Encoding unit = Encoding.perTensor(bits, signed, 0.1f, 0);
      for (int zero : new int[] {unit.qmin(), 0, unit.qmax()}) {
        encodings.put(signed + " " + zero, Encoding.perTensor(bits, signed, 0.1f, zero));
      }
    }
    if (bits > 1) {
      encodings.put("narrow", new Encoding(bits, true, true, new float[] {3}, new int[1]));
    }
    EncodingsFile file = new EncodingsFile(encodings, Map.of());
    file.write(this.file);
    assertThat(EncodingsFile.read(this.file)).isEqualTo(file);
  }

  @Test
  void codebooksRoundTrip() throws IOException {
    Float32Tensor weight = ShippedModel.MNIST.network().weightedLayer("fc3").weight();
    Map<String, Codebook> codebooks = new LinkedHashMap<>();
    for (int bits = 1; bits <= 8; bits++) {
      codebooks.put("w" + bits, new CodebookQuantizer(bits).fit(weight));
    }
    EncodingsFile encodings = new EncodingsFile(Map.of(), Map.of(), codebooks, "relu");
    encodings.write(file);
    assertThat(EncodingsFile.read(file)).isEqualTo(encodings);
    String json = Files.readString(file);
    assertThatThrownBy(() -> read(json.replaceFirst("\"w1\": \\[", "\"w1\": [\"x\", ")))
        .hasMessageContaining("param_codebooks.w1")
        .hasMessageContaining("a list of numbers");
    assertThatThrownBy(() -> read(json.replaceFirst("\"w1\": \\[", "\"w1\": [1.0, ")))
        .hasMessageContaining("3 centroids");
  }

  @Test
  void isTheFormatOfAimet() throws IOException {
    Map<String, Encoding> weights = new LinkedHashMap<>();
    for (String name : ShippedModel.MNIST.network().weightedLayers()) {
      WeightedLayer layer = ShippedModel.MNIST.network().weightedLayer(name);
      weights.put(
          layer.name() + ".weight", QuantizerSpec.parse("per-channel:4,mse").fit(layer.weight()));
    }
    Encoding input = Encoding.perTensor(8, true, 1 / 255f, -128);
    new EncodingsFile(Map.of("fc1.input", input), weights).write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("version").asText()).isEqualTo("0.6.1");
    assertThat(json.at("/fabriq/schema").asInt()).isEqualTo(2);
    JsonNode channels = json.at("/param_encodings/fc2.weight");
    assertThat(channels).hasSize(64);
    for (int channel = 0; channel < 64; channel++) {
      double scale = weights.get("fc2.weight").scale(channel);
      JsonNode own = channels.get(channel);
      assertThat(own.get("bitwidth").asInt()).isEqualTo(4);
      assertThat(own.get("dtype").asText()).isEqualTo("int");
      assertThat(own.get("is_symmetric").asText()).isEqualTo("True");
      assertThat(own.get("offset").asInt()).isEqualTo(-8);
      assertThat(own.get("scale").asDouble()).isEqualTo(scale);
      assertThat(own.get("min").asDouble()).isEqualTo(-8 * scale);
      assertThat(own.get("max").asDouble()).isEqualTo(7 * scale);
    }
    JsonNode activation = json.at("/activation_encodings/fc1.input/0");
    assertThat(activation.get("is_symmetric").asText()).isEqualTo("False");
    assertThat(activation.get("offset").asInt()).isZero();
    assertThat(activation.get("min").asDouble()).isZero();
    assertThat((float) activation.get("max").asDouble()).isEqualTo(1);
  }

  @Test
  void readsAimetsOwnFiles() throws IOException {
    EncodingsFile encodings = read(AIMET);
    assertThat(encodings.activations())
        .containsExactly(Map.entry("input", Encoding.perTensor(8, false, 0.0119607843f, 42)));
    assertThat(encodings.activationFunction()).isNull();
    assertThat(encodings.parameters().get("conv.weight"))
        .isEqualTo(new Encoding(4, true, false, new float[] {0.125f, 1}, new int[2]));
  }

  @Test
  void filesOfSchema1AreOfTanh() throws IOException {
    String json = new EncodingsFile(Map.of(), Map.of(), Map.of(), "relu").toJson();
    assertThat(read(json).activationFunction()).isEqualTo("relu");
    String earlier =
        json.replace("\"schema\": 2", "\"schema\": 1")
            .replaceFirst("\\s*\"activation_function\": \"relu\",", "");
    assertThat(earlier).contains("\"schema\": 1").doesNotContain("relu");
    assertThat(read(earlier).activationFunction()).isEqualTo("tanh");
  }

  @Test
  void axesOtherThan0AreNamed() throws IOException {
    Encoding outputs = new Encoding(8, true, false, new float[] {1, 2}, new int[2]);
    String plain = new EncodingsFile(Map.of(), Map.of("fc1.weight", outputs)).toJson();
    assertThat(plain).contains("\"schema\": 2").doesNotContain("axes");
    EncodingsFile encodings =
        new EncodingsFile(
            Map.of("fc1", outputs.withAxis(-1)),
            Map.of("fc1.weight", outputs.withAxis(1), "fc2.weight", outputs));
    encodings.write(file);
    JsonNode fabriq = new ObjectMapper().readTree(file.toFile()).get("fabriq");
    assertThat(fabriq.get("schema").asInt()).isEqualTo(3);
    assertThat(fabriq.get("activation_axes")).hasToString("{\"fc1\":-1}");
    assertThat(fabriq.get("param_axes")).hasToString("{\"fc1.weight\":1}");
    assertThat(EncodingsFile.read(file)).isEqualTo(encodings);
    String json = encodings.toJson();
    for (String axis : new String[] {"9", "0.5", "\"1\"", "null"}) {
      assertThatThrownBy(() -> read(json.replace("\"fc1.weight\": 1", "\"fc1.weight\": " + axis)))
          .isInstanceOf(FileFormatException.class)
          .hasMessageContaining("fc1.weight");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.6.1 | 1.0.0 | version: 1.0.0 found",
        "\"int\" | \"float\" | dtype int",
        "\"bitwidth\": 8 | \"bitwidth\": 17 | 17 bits",
        "\"bitwidth\": 8 | \"bitwidth\": 7.5 | 7.5 found",
        "\"bitwidth\": 8 | \"bits\": 8 | input.bitwidth: nothing found",
        "-42 | 42 | zero point -42",
        "-42 | \"-42\" | a number expected",
        "0.0119607843137255 | 0 | scale 0.0",
        "0.0119607843137255 | 1e999 | scale Infinity",
        "\"False\" | \"maybe\" | is_symmetric",
        "\"offset\": -8, \"scale\": 1 | \"offset\": -8 | conv.weight.scale: nothing found",
        "\"param_encodings\" | \"params\" | param_encodings: nothing found",
        "\"quantizer_args\" | \"fabriq\" | fabriq.schema: nothing found",
        "\"quantizer_args\": { | \"fabriq\": {\"schema\": 4, | 4 found, 1 to 3 expected",
        "\"quantizer_args\": { | \"fabriq\": {\"schema\": 2, \"activation_function\": 7, | 7.0"
            + " found",
        "\"input\": [ | \"input\": [1, | an object expected",
      })
  void refusesOtherFiles(String text, String replacement, String message) {
    String json = AIMET.replace(text, replacement);
    assertThat(json).isNotEqualTo(AIMET);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("model.encodings")
        .hasMessageContaining(message);
  }

  @Test
  void refusesMissingFilesAndOtherText() throws IOException {
    assertThatThrownBy(() -> EncodingsFile.read(folder.resolve("none")))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("no such file");
    Files.write(file, new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> EncodingsFile.read(file)).isInstanceOf(FileFormatException.class);
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("an object expected");
  }
}
