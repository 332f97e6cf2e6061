// SPDX-License-Identifier: Apache-2.0
package org.fabriq.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.FabriqException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseNpz;
import org.fabriq.model.Model;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.DenseEncodingsWriter;
import org.fabriq.testing.NearestWeights;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
  @TempDir private Path folder;
  private final RandomNetwork random = new RandomNetwork(Seed.random("ModelFilesTest"));
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("net.npz");
  }

  /** 20-32-3 with biases, named as layers of a torch.nn.Sequential are. */
  private Map<String, Tensor> dense(String first, String second, String weight, String bias) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put(first + weight, random.tensor(32, 20));
    arrays.put(first + bias, random.tensor(32));
    arrays.put(second + weight, random.tensor(3, 32));
    arrays.put(second + bias, random.tensor(3));
    return arrays;
  }

  @Test
  void opensWhatEachKindOfNetworkWrote() throws IOException {
    Network network = random.ofBranches();
    Float32Tensor x = random.tensor(2, 3, 8, 6);
    network.write(file);
    Model fp32 = ModelFiles.open(file, null);
    assertThat(((Network) fp32).forward(x).mismatches(network.forward(x))).isZero();
    Map<String, QuantizedTensor> codes =
        NearestWeights.quantize(network, QuantizerSpec.parse("affine:4"));
    QuantizedNetwork.of(network, codes, Map.of()).write(file);
    QuantizedNetwork quantized = (QuantizedNetwork) ModelFiles.open(file, null);
    assertThat(quantized.weights().keySet()).isEqualTo(codes.keySet());
    IntegerNetwork integers =
        RandomIntegerNetwork.of(network, x, "affine:8", "affine:8", OutputScales.CALIBRATED);
    integers.write(file);
    assertThat(ModelFiles.open(folder.resolve("net.json"), null))
        .isInstanceOf(IntegerNetwork.class)
        .hasToString(integers.toString());
    Path json = folder.resolve("net.json");
    Files.writeString(json, Files.readString(json).replace("integer-network", "integer-graph"));
    assertThat(ModelFiles.open(json, null)).hasToString(integers.toString());
  }

  @Test
  void opensDenseLayersOfAnyNames() {
    for (String[] names :
        List.of(
            new String[] {"fc1", "fc2", "w", "b"},
            new String[] {"0", "2", ".weight", ".bias"},
            new String[] {"encoder.linear", "head", ".weight", ".bias"})) {
      NpzFile.write(file, dense(names[0], names[1], names[2], names[3]));
      Network network = (Network) ModelFiles.open(file, Activation.RELU);
      assertThat(network)
          .hasToString("20 - %1$s - %1$s.relu - %2$s - 3".formatted(names[0], names[1]));
      assertThatThrownBy(() -> ModelFiles.open(file, null))
          .isInstanceOf(FabriqException.class)
          .hasMessageContaining("--activation")
          .hasMessageContaining("relu");
    }
  }

  @Test
  void opensFilesOfEarlierVersions() {
    Network network = DenseNpz.network(dense("fc1", "fc2", "w", "b"), "w", Activation.SIGMOID);
    Map<String, QuantizedTensor> codes =
        NearestWeights.quantize(network, QuantizerSpec.parse("symmetric:5"));
    DenseEncodingsWriter.write(network, codes, Map.of(), file);
    QuantizedNetwork quantized = (QuantizedNetwork) ModelFiles.open(file, null);
    assertThat(quantized.network()).hasToString("20 - fc1 - fc1.sigmoid - fc2 - 3");
    assertThat(quantized.codes("fc2").pack()).isEqualTo(codes.get("fc2").pack());
  }

  @Test
  void saysWhichFormsThereAre() throws IOException {
    refuses("net.onnx", "fabriq import");
    refuses("net.tflite", "fabriq import");
    refuses("absent.npz", "absent.npz");
    NpzFile.write(file, Map.of("kernel", random.tensor(2, 2)));
    refuses("net.npz", "entry kernel");
    NpzFile.write(file, Map.of("0.weight", random.tensor(2, 2, 3, 3)));
    refuses("net.npz", "fabriq import");
    NpzFile.write(file, Map.of("0.bias", random.tensor(2)));
    refuses("net.npz", "0.bias");
    Files.writeString(folder.resolve("net.json"), "{\"kind\": \"cat\", \"schema\": 1}");
    refuses("net.npz", "integer-network");
  }

  @Test
  void refusesToContradictAFile() {
    Network network = random.ofBranches();
    network.write(file);
    assertThatThrownBy(() -> ModelFiles.open(file, Activation.TANH))
        .isInstanceOf(FabriqException.class)
        .hasMessageContaining("--activation tanh contradicts");
    RandomIntegerNetwork.of(
            network, random.tensor(2, 3, 8, 6), "affine:8", "affine:8", OutputScales.CALIBRATED)
        .write(file);
    assertThatThrownBy(() -> ModelFiles.open(file, Activation.TANH))
        .isInstanceOf(FabriqException.class)
        .hasMessageContaining("in its codes");
  }

  private void refuses(String name, String message) {
    assertThatThrownBy(() -> ModelFiles.open(folder.resolve(name), null))
        .isInstanceOf(FabriqException.class)
        .hasMessageContaining(message);
  }
}
