// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.fabriq.FileFormatException;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Network;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegerNetworkFileTest {
  @TempDir private Path folder;
  private final RandomNetwork random = new RandomNetwork(Seed.random("IntegerNetworkFileTest"));
  private final Float32Tensor x = random.tensor(5, 2, 9, 8);

  private IntegerNetwork graph(String weights, OutputScales scales) {
    return RandomIntegerNetwork.of(random.ofEveryLayer(), x, weights, "affine:8", scales);
  }

  @ParameterizedTest
  @CsvSource({
    "per-channel:8, CALIBRATED",
    "per-channel:affine:3, CALIBRATED",
    "symmetric:4, ACCUMULATED_SHIFTS",
    "'fixed:2,1,narrow', CALIBRATED"
  })
  void whatIsWrittenIsReadBack(String weights, OutputScales scales) throws IOException {
    IntegerNetwork graph = graph(weights, scales);
    Path file = folder.resolve("graph.npz");
    graph.write(file);
    byte[] bytes = Files.readAllBytes(file);
    String json = Files.readString(folder.resolve("graph.json"));
    IntegerNetwork read = IntegerNetwork.read(file);
    Int8Tensor codes = graph.quantize(x);
    assertThat(read.inputCodes()).isEqualTo(graph.inputCodes());
    assertThat(ReferenceNetwork.run(read, codes).mismatches(ReferenceNetwork.run(graph, codes)))
        .isZero();
    assertThat(read.dequantize(ReferenceNetwork.run(read, codes)).toArray())
        .isEqualTo(graph.dequantize(ReferenceNetwork.run(graph, codes)).toArray());
    read.write(folder.resolve("graph.json"));
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThat(Files.readString(folder.resolve("graph.json"))).isEqualTo(json);
  }

  @Test
  void codesArePacked() {
    Path file = folder.resolve("graph");
    graph("symmetric:4", OutputScales.CALIBRATED).write(file);
    assertThat(NpzFile.read(folder.resolve("graph.npz")).get("fc4.codes").shape())
        .containsExactly(7, 16);
  }

  @Test
  void refusesWhatIsNotAGraph() throws IOException {
    Path file = folder.resolve("graph.json");
    random.ofEveryLayer().write(file);
    assertThatThrownBy(() -> IntegerNetwork.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("kind: network found, \"integer-network\" expected");
    graph("symmetric:8", OutputScales.CALIBRATED).write(file);
    assertThatThrownBy(() -> Network.read(file)).hasMessageContaining("integer-network found");
    refuses(file, "\"schema\": 1", "\"schema\": 7", "schema: 7 found, 1 expected");
    refuses(file, "\"bits\": 8, \"signed\": true", "\"bits\": 0, \"signed\": true", "0 bits");
    refuses(file, "\"type\": \"table\"", "\"type\": \"chair\"", "a type of layer");
    refuses(file, "\"clamp\": [", "\"clamp\": [1, ", "clamp");
    refuses(file, "\"shape\": [7, 32]", "\"shape\": [7, 31]", "packed bytes");
    refuses(
        file,
        "\"shape\": [2, 9, 8]",
        "\"shape\": [2, 9, 7]",
        "fc4 takes vectors of 32 values, not 24");
  }

  @Test
  void refusesArraysThatDoNotFit() {
    Path file = folder.resolve("graph.npz");
    graph("symmetric:8", OutputScales.CALIBRATED).write(file);
    Map<String, Tensor> arrays = new HashMap<>(NpzFile.read(file));
    arrays.put("conv1.multiplier", Float32Tensor.of(new float[] {1}, 1));
    NpzFile.write(file, arrays);
    assertThatThrownBy(() -> IntegerNetwork.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("graph.json, layers[0]: ")
        .hasMessageContaining("1 multipliers for weights int8[6, 2, 3, 3]");
    arrays.remove("conv1.multiplier");
    NpzFile.write(file, arrays);
    assertThatThrownBy(() -> IntegerNetwork.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("conv1.multiplier");
  }

  private static void refuses(Path file, String part, String replacement, String message)
      throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(part);
    Files.writeString(file, text.replaceFirst(Pattern.quote(part), replacement));
    assertThatThrownBy(() -> IntegerNetwork.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("graph.json")
        .hasMessageContaining(message);
    Files.writeString(file, text);
  }
}
