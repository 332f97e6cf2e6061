// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodedMlpTest {
  @TempDir Path folder;

  private final Mlp mlp =
      new Mlp(
          List.of(
              new DenseLayer("fc1", random(9, 5), new float[9]),
              new DenseLayer("fc2", random(3, 9), null)),
          Activation.TANH);

  private static Float32Tensor random(int... shape) {
    SplittableRandom random = Seed.random("encoded mlp");
    Float32Tensor tensor = Float32Tensor.allocate(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }

  private EncodedMlp encoded(String scheme) {
    List<QuantizedWeights> weights =
        mlp.layers().stream()
            .map(layer -> QuantizerSpec.parseWeights(scheme).quantize(layer.weight()))
            .toList();
    Map<String, Encoding> activations = new LinkedHashMap<>();
    activations.put("fc1.input", Encoding.perTensor(8, true, 0.01f, -128));
    activations.put("fc2.input", Encoding.perTensor(4, true, 0.1f, 0));
    return EncodedMlp.of(mlp, weights, activations);
  }

  @Test
  void weightsAreWhatTheirCodesStandFor() {
    EncodedMlp encoded = encoded("per-channel:2,mse");
    for (int i = 0; i < 2; i++) {
      assertThat(encoded.mlp().layers().get(i).weight().toArray())
          .isEqualTo(encoded.weights().get("fc" + (i + 1)).dequantize().toArray());
    }
    assertThat(encoded.weights()).containsOnlyKeys("fc1", "fc2");
  }

  @Test
  void filesGiveTheSameNetworkAgain() throws Exception {
    for (String scheme :
        List.of("symmetric:2", "per-channel:3", "affine:8", "affine:7,unsigned", "codebook:3")) {
      EncodedMlp encoded = encoded(scheme);
      Path file = folder.resolve("m.npz");
      encoded.write(file);
      EncodedMlp read = EncodedMlp.read(file);
      for (int i = 0; i < 2; i++) {
        String name = mlp.layers().get(i).name();
        assertThat(read.weights().get(name).pack()).isEqualTo(encoded.weights().get(name).pack());
        assertThat(read.mlp().layers().get(i).weight().toArray())
            .isEqualTo(encoded.mlp().layers().get(i).weight().toArray());
        assertThat(read.mlp().layers().get(i).bias())
            .isEqualTo(encoded.mlp().layers().get(i).bias());
      }
      assertThat(read.encodings()).isEqualTo(encoded.encodings());
      assertThat(read.activation(read.mlp().layers().get(1), "input").bits()).isEqualTo(4);
      Path again = folder.resolve("again.npz");
      read.write(again);
      assertThat(again).hasSameBinaryContentAs(file);
      assertThat(Files.readString(folder.resolve("again.json")))
          .isEqualTo(Files.readString(folder.resolve("m.json")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesSayTheActivationFunction(Activation activation) {
    DenseLayer first = new DenseLayer("fc1", random(9, 5), null);
    Mlp other = new Mlp(List.of(first, mlp.layers().get(1)), activation);
    Path file = folder.resolve("m.npz");
    EncodedMlp.of(other, Arrays.asList(null, null), Map.of()).write(file);
    assertThat(EncodedMlp.read(file).mlp().activation()).isEqualTo(activation);
    assertThat(EncodedMlp.read(file, activation).mlp().activation()).isEqualTo(activation);
    Activation contrary = activation == Activation.RELU ? Activation.TANH : Activation.RELU;
    assertThatThrownBy(() -> EncodedMlp.read(file, contrary))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("--activation " + contrary.word())
        .hasMessageContaining("m.json, which says " + activation.word());
  }

  @Test
  void encodingsOfOtherProgramsDoNotSayTheActivationFunction() throws Exception {
    Path file = folder.resolve("m.npz");
    EncodedMlp.of(mlp, Arrays.asList(null, null), Map.of()).write(file);
    Path json = folder.resolve("m.json");
    String own = Files.readString(json);
    Files.writeString(json, own.replace("\"fabriq\"", "\"other\""));
    assertThatThrownBy(() -> EncodedMlp.read(file))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("m.json does not say")
        .hasMessageContaining("--activation");
    assertThat(EncodedMlp.read(file, Activation.RELU).mlp().activation())
        .isEqualTo(Activation.RELU);
    Files.writeString(json, own.replace("\"tanh\"", "\"swish\""));
    assertThatThrownBy(() -> EncodedMlp.read(file))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("m.json: 'swish'");
  }

  @Test
  void codesTakeNoMoreBitsThanTheyNeed() {
    assertThat(encoded("symmetric:2").arrays().get("fc1.weight_codes").shape())
        .containsExactly(9, 2);
  }

  @Test
  void missingPartsAreNamed() {
    EncodedMlp encoded = encoded("symmetric:2");
    Map<String, Tensor> arrays = new LinkedHashMap<>(encoded.arrays());
    arrays.remove("fc2.weight_shape");
    assertThatThrownBy(() -> EncodedMlp.of(arrays, encoded.encodings()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("no complete fc2.weight");
    assertThatThrownBy(() -> encoded.activation(mlp.layers().get(0), "output"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("fc1.output")
        .hasMessageContaining("fc2.input");
    assertThatThrownBy(() -> EncodedMlp.of(mlp, List.of(encoded.weights().get("fc1")), Map.of()))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> encoded.write(folder.resolve("m.bin")))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(".npz");
  }
}
