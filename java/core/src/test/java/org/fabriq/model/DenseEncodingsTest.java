// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.EncodingsFile;
import org.fabriq.io.NpzFile;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.DenseEncodingsWriter;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenseEncodingsTest {
  private static final Encoding FIRST = Encoding.perTensor(8, true, 0.01f, -128);
  private static final Encoding OUTPUT = Encoding.perTensor(8, true, 0.5f, 1);
  private static final Encoding SECOND = Encoding.perTensor(4, true, 0.1f, 0);

  @TempDir Path folder;

  private final SplittableRandom seed = Seed.random("DenseEncodingsTest");
  private final RandomNetwork random = new RandomNetwork(seed);
  private final List<DenseLayer> layers =
      List.of(
          new DenseLayer("fc1", random.tensor(9, 5), new float[9]),
          new DenseLayer("fc2", random.tensor(3, 9), null));

  private Path written(Activation activation, Map<String, ? extends QuantizedWeights> weights) {
    Path file = folder.resolve("m.npz");
    DenseEncodingsWriter.write(
        DenseNpz.network(layers, activation),
        weights,
        Map.of("fc1.input", FIRST, "fc1.output", OUTPUT, "fc2.input", SECOND),
        file);
    return file;
  }

  private QuantizedNetwork read(Path file, Activation asked) {
    Path json = folder.resolve("m.json");
    return DenseEncodings.network(
        NpzFile.read(file), EncodingsFile.read(json), json.toString(), asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"symmetric:2", "per-channel:3", "affine:8", "affine:7,unsigned", "codebook:3"})
  void filesGiveCodesEncodingsAndWhatTheyStandFor(String scheme) {
    Map<String, QuantizedWeights> weights = new HashMap<>();
    for (DenseLayer layer : layers) {
      weights.put(layer.name(), QuantizerSpec.parseWeights(scheme).quantize(layer.weight()));
    }
    QuantizedNetwork read = read(written(Activation.TANH, weights), null);
    for (DenseLayer layer : layers) {
      QuantizedWeights own = weights.get(layer.name());
      assertThat(read.weights().get(layer.name()).pack()).isEqualTo(own.pack());
      assertThat(read.layer(layer.name()).weight().mismatches(own.dequantize())).isZero();
      assertThat(read.layer(layer.name()).bias()).isEqualTo(layer.bias());
    }
    assertThat(read.encodings())
        .isEqualTo(Map.of("input", FIRST, "fc1", OUTPUT, "fc1.tanh", SECOND));
    assertThat(read.inputCodes("fc2")).isEqualTo(SECOND);
  }

  @Test
  void aTensorOfTwoEncodingsKeepsBoth() {
    QuantizedNetwork read = read(written(Activation.NONE, Map.of()), null);
    assertThat(read.inputCodes("fc2")).isEqualTo(SECOND);
    assertThat(read.outputCodes("fc1")).isEqualTo(OUTPUT);
  }

  @ParameterizedTest
  @EnumSource
  void filesSayTheActivationFunction(Activation activation) {
    Path file = written(activation, Map.of());
    assertThat(read(file, null).network().activations()).isEqualTo(activation.word());
    assertThat(read(file, activation).network().activations()).isEqualTo(activation.word());
    Activation contrary = activation == Activation.RELU ? Activation.TANH : Activation.RELU;
    assertThatThrownBy(() -> read(file, contrary))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("--activation " + contrary.word())
        .hasMessageContaining("m.json, which says " + activation.word());
  }

  @Test
  void encodingsOfOtherProgramsDoNotSayTheActivationFunction() throws Exception {
    Path file = written(Activation.TANH, Map.of());
    Path json = folder.resolve("m.json");
    String own = Files.readString(json);
    Files.writeString(json, own.replace("\"fabriq\"", "\"other\""));
    assertThatThrownBy(() -> read(file, null))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("m.json does not say")
        .hasMessageContaining("--activation");
    assertThat(read(file, Activation.RELU).network().activations()).isEqualTo("relu");
    Files.writeString(json, own.replace("\"tanh\"", "\"swish\""));
    assertThatThrownBy(() -> read(file, null))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("m.json: 'swish'");
  }

  @Test
  void missingPartsAreNamed() {
    QuantizedWeights codes = QuantizerSpec.parse("symmetric:2").quantize(layers.get(1).weight());
    Path file = written(Activation.TANH, Map.of("fc2", codes));
    Map<String, Tensor> arrays = new HashMap<>(NpzFile.read(file));
    assertThat(arrays.get("fc2.weight_codes").shape()).containsExactly(3, 3);
    arrays.remove("fc2.weight_shape");
    EncodingsFile encodings = EncodingsFile.read(folder.resolve("m.json"));
    assertThatThrownBy(() -> DenseEncodings.network(arrays, encodings, "m.json", null))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("no complete fc2.weight");
  }
}
