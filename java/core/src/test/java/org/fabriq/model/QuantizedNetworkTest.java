// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.EncodingsFile;
import org.fabriq.io.ModelFile;
import org.fabriq.io.NpzFile;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedNetworkTest {
  @TempDir private Path folder;
  private final RandomNetwork random = new RandomNetwork(Seed.random("QuantizedNetworkTest"));
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.npz");
  }

  /** Of stem, wise, short and fc; a layer of "fp32" is not quantized. */
  private QuantizedNetwork quantized(String specs) {
    Network network = random.ofBranches();
    List<Float32Tensor> batches = List.of(random.tensor(9, 3, 8, 6), random.tensor(4, 3, 8, 6));
    Calibration calibration = Calibration.of(network, batches, ActivationQuantizers.DEFAULT);
    Map<String, QuantizedWeights> weights = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      String spec = specs.split(" ")[i];
      String layer = network.weightedLayers().get(i);
      if (!spec.equals("fp32")) {
        Float32Tensor weight = network.weightedLayer(layer).weight();
        weights.put(layer, QuantizerSpec.parseWeights(spec).quantize(weight));
      }
    }
    return QuantizedNetwork.of(network, weights, calibration.encodings());
  }

  private QuantizedNetwork read() {
    return QuantizedNetwork.of(ModelFile.read(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "per-channel:8 affine:3 codebook:4 affine:8",
        "fp32 per-channel:affine:2 fp32 fp32",
        "codebook:1 fp32 fixed:5 codebook:3",
        "affine:7,unsigned symmetric:2 codebook:8 fp32",
        "fixed:1,0 fixed:8,6,narrow symmetric:4,pow2,mse fixed:3",
        "per-channel:8,axis=1 per-channel:affine:4,axis=-1 per-channel:2,axis=2"
            + " per-channel:8,axis=1",
        "fp32 fp32 fp32 fp32"
      })
  void whatIsWrittenIsReadBack(String specs) {
    QuantizedNetwork network = quantized(specs);
    network.write(file);
    QuantizedNetwork read = read();
    assertThat(read.network()).hasToString(network.network().toString());
    Float32Tensor x = random.tensor(2, 3, 8, 6);
    assertThat(read.network().forward(x).mismatches(network.network().forward(x))).isZero();
    assertThat(read.encodings()).isEqualTo(network.encodings());
    assertThat(read.weights().keySet()).isEqualTo(network.weights().keySet());
    network
        .weights()
        .forEach(
            (layer, codes) -> {
              assertThat(read.weights().get(layer).pack()).isEqualTo(codes.pack());
              assertThat(read.weights().get(layer).dequantize().mismatches(codes.dequantize()))
                  .isZero();
              assertThat(read.weights().get(layer).bytes()).isEqualTo(codes.bytes());
            });
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    QuantizedNetwork network = quantized("affine:4 codebook:2 fp32 affine:8");
    network.write(file);
    byte[] arrays = Files.readAllBytes(file);
    String json = Files.readString(folder.resolve("model.json"));
    read().write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(arrays);
    assertThat(Files.readString(folder.resolve("model.json"))).isEqualTo(json);
  }

  @Test
  void itsJsonIsAimetsEncodings() {
    QuantizedNetwork network = quantized("affine:4 per-channel:8 fp32 affine:8");
    network.write(file);
    EncodingsFile encodings = EncodingsFile.read(folder.resolve("model.json"));
    assertThat(encodings.activations()).isEqualTo(network.encodings());
    assertThat(encodings.parameters().keySet())
        .containsExactly("fc.weight", "stem.weight", "wise.weight");
  }

  @Test
  void layersTakeTheCodesOfTheTensorBeforeThem() {
    QuantizedNetwork network = quantized("affine:4 affine:4 fp32 affine:8");
    assertThat(network.inputCodes("stem")).isEqualTo(network.encodings().get("pad"));
    assertThat(network.outputCodes("stem")).isEqualTo(network.encodings().get("stem"));
    assertThat(network.inputCodes("wise")).isEqualTo(network.encodings().get("relu"));
    assertThatThrownBy(() -> network.codes("short"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("short")
        .hasMessageContaining("[stem, wise, fc]");
    QuantizedNetwork bare = new QuantizedNetwork(network.network(), network.weights(), Map.of());
    assertThatThrownBy(() -> bare.inputCodes("fc"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("no encoding of flat");
  }

  @Test
  void missingAndDamagedPartsAreNamed() throws IOException {
    quantized("affine:4 codebook:2 per-channel:3 affine:8").write(file);
    Path json = folder.resolve("model.json");
    String text = Files.readString(json);
    Files.writeString(json, text.replace("stem.weight", "stern.weight"));
    assertRefused("stem.weight");
    Files.writeString(json, text.replace("\"bitwidth\": 3", "\"bitwidth\": 5"));
    assertRefused("5 bits");
    Files.delete(json);
    assertRefused("model.json");
    Files.writeString(json, text);
    Map<String, Tensor> arrays = new LinkedHashMap<>(NpzFile.read(file));
    arrays.put("stem.weight_codes", Int8Tensor.allocate(6, 5));
    NpzFile.write(file, arrays);
    assertRefused("[6, 14]");
    arrays.remove("stem.weight_shape");
    NpzFile.write(file, arrays);
    assertRefused("stem.weight_shape");
  }

  private void assertRefused(String named) {
    assertThatThrownBy(this::read).isInstanceOf(FabriqException.class).hasMessageContaining(named);
  }

  @Test
  void refusesCodesOfNoLayer() {
    QuantizedNetwork network = quantized("affine:4 fp32 fp32 fp32");
    Map<String, QuantizedWeights> codes = Map.of("relu", network.weights().get("stem"));
    assertThatThrownBy(() -> new QuantizedNetwork(network.network(), codes, Map.of()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("codes of relu");
  }
}
