// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.fabriq.io.NpzFile;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFileTest {
  @TempDir private Path folder;
  private final RandomNetwork random = new RandomNetwork(Seed.random("NetworkFileTest"));
  private final Network network = random.ofEveryLayer();
  private Path npz;
  private Path json;

  @BeforeEach
  void write() {
    npz = folder.resolve("net.npz");
    json = folder.resolve("net.json");
    network.write(npz);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Float32Tensor x = random.tensor(3, 2, 9, 8);
    for (Path file : new Path[] {npz, json}) {
      Network read = Network.read(file);
      assertThat(read.toString()).isEqualTo(network.toString());
      assertThat(read.forward(x).mismatches(network.forward(x))).isZero();
    }
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    byte[] arrays = Files.readAllBytes(npz);
    String text = Files.readString(json);
    Network.read(npz).write(json);
    assertThat(Files.readAllBytes(npz)).isEqualTo(arrays);
    assertThat(Files.readString(json)).isEqualTo(text);
  }

  @Test
  void refusesOtherKindsAndSchemas() throws IOException {
    refuses(
        "\"schema\": 1", "\"schema\": 2", "schema: 2 found, 1 expected; read it with the version");
    refuses("\"kind\": \"network\"", "\"kind\": \"cat\"", "kind: cat found, \"network\"");
  }

  @Test
  void refusesUnknownLayersAndMembers() throws IOException {
    refuses("\"type\": \"tanh\"", "\"type\": \"tan\"", "layers[7].type: tan found");
    refuses("\"type\": \"tanh\"", "\"type\": \"tanh\", \"slope\": 1", "layers[7].slope");
    refuses("\"kernel\": [2, 2]", "\"kernel\": [2]", "layers[3].kernel");
    refuses("\"kernel\": [2, 2]", "\"kernel\": [0, 2]", "kernel height 0, limit 1");
    refuses("\"groups\": 2", "\"groups\": 3", "3 groups for 4 outputs");
    refuses("\"input\": [2, 9, 8]", "\"input\": [3, 9, 8]", "2 channels, not 3x9x8");
  }

  @Test
  void refusesMissingAndUnknownArrays() {
    Map<String, Tensor> arrays = new HashMap<>(NpzFile.read(npz));
    arrays.remove("conv2.weight");
    NpzFile.write(npz, arrays);
    assertThatThrownBy(() -> Network.read(npz))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("conv2.weight")
        .hasMessageContaining("nothing found");
    network.write(npz);
    arrays = new HashMap<>(NpzFile.read(npz));
    arrays.put("conv9.weight", random.tensor(1));
    NpzFile.write(npz, arrays);
    assertThatThrownBy(() -> Network.read(npz))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("conv9.weight");
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    Files.delete(json);
    assertThatThrownBy(() -> Network.read(npz))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("net.json: no such file");
  }

  private void refuses(String part, String replacement, String message) throws IOException {
    String text = Files.readString(json);
    assertThat(text).contains(part);
    Files.writeString(json, text.replace(part, replacement));
    assertThatThrownBy(() -> Network.read(npz))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("net.json")
        .hasMessageContaining(message);
    Files.writeString(json, text);
  }
}
