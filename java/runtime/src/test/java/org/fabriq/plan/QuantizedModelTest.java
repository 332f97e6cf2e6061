// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.FabriqException;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Activation;
import org.fabriq.model.Mlp;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedModelTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.npz");
  }

  /** Of three layers; a layer of "fp32" is not quantized. */
  private static QuantizedModel model(String specs) {
    RandomModel random = new RandomModel(21);
    Mlp mlp = random.mlp();
    List<Float32Tensor> batches =
        List.of(random.tensor(9, mlp.inputs()), random.tensor(4, mlp.inputs()));
    Calibration calibration = Calibration.of(mlp, batches, ActivationQuantizers.DEFAULT);
    List<LayerQuantization> layers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String spec = specs.split(" ")[i];
      if (spec.equals("fp32")) {
        layers.add(null);
      } else {
        QuantizedWeights weight =
            QuantizerSpec.parseWeights(spec).quantize(mlp.layers().get(i).weight());
        layers.add(LayerQuantization.of(weight, i, calibration));
      }
    }
    return QuantizedModel.of(mlp, layers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "per-channel:8 affine:3 codebook:4",
        "fp32 per-channel:affine:2 fp32",
        "codebook:1 fp32 fixed:5",
        "affine:7,unsigned symmetric:2 codebook:8",
        "fixed:1,0 fixed:8,6,narrow symmetric:4,pow2,mse",
        "fp32 fp32 fp32"
      })
  void whatIsWrittenIsReadBack(String specs) {
    QuantizedModel model = model(specs);
    model.write(file);
    QuantizedModel read = QuantizedModel.read(file, null);
    for (int i = 0; i < 3; i++) {
      Float32Tensor weight = model.model().layers().get(i).weight();
      assertThat(read.model().layers().get(i).weight().mismatches(weight)).isZero();
      LayerQuantization expected = model.layers().get(i);
      LayerQuantization found = read.layers().get(i);
      if (expected == null) {
        assertThat(found).isNull();
      } else {
        assertThat(found.weight().pack()).isEqualTo(expected.weight().pack());
        assertThat(found.weight().bytes()).isEqualTo(expected.weight().bytes());
        assertThat(found.input()).isEqualTo(expected.input());
        assertThat(found.output()).isEqualTo(expected.output());
      }
    }
    assertThat(read.model().activation()).isEqualTo(Activation.TANH);
    assertThat(read.model().layers().get(1).bias()).isEqualTo(model.model().layers().get(1).bias());
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    QuantizedModel model = model("affine:4 codebook:2 fp32");
    model.write(file);
    byte[] first = Files.readAllBytes(file);
    byte[] encodings = Files.readAllBytes(folder.resolve("model.json"));
    model.write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    assertThat(Files.readAllBytes(folder.resolve("model.json"))).isEqualTo(encodings);
  }

  @Test
  void missingAndDamagedPartsAreNamed() throws IOException {
    model("affine:4 codebook:2 per-channel:3").write(file);
    Path encodings = folder.resolve("model.json");
    String json = Files.readString(encodings);
    Files.writeString(encodings, json.replace("fc2.input", "fc9.input"));
    assertRefused("fc2.input");
    Files.writeString(encodings, json.replace("\"bitwidth\": 3", "\"bitwidth\": 5"));
    assertRefused("5 bits");
    Files.delete(encodings);
    assertRefused("model.json");
    Files.writeString(encodings, json);
    Map<String, Tensor> arrays = new LinkedHashMap<>(NpzFile.read(file));
    arrays.put("fc1.weight_codes", Int8Tensor.allocate(11, 6));
    NpzFile.write(file, arrays);
    assertRefused("[11, 7]");
    arrays.remove("fc1.weight_shape");
    NpzFile.write(file, arrays);
    assertRefused("fc1.weight_shape");
  }

  private void assertRefused(String named) {
    assertThatThrownBy(() -> QuantizedModel.read(file, null))
        .isInstanceOf(FabriqException.class)
        .hasMessageContaining(named);
  }
}
