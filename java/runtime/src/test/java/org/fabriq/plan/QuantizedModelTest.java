// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Mlp;
import org.fabriq.quant.AffineQuantizer;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizedModelTest {
  @TempDir private Path folder;
  private QuantizedModel model;
  private Path file;

  @BeforeEach
  void quantize() {
    RandomModel random = new RandomModel(21);
    Mlp mlp = random.mlp();
    Calibration calibration =
        Calibration.of(mlp, random.tensor(9, mlp.inputs()), new SymmetricQuantizer(8));
    model =
        QuantizedModel.of(
            mlp,
            Arrays.asList(
                LayerQuantization.of(
                    mlp.layers().get(0),
                    0,
                    new PerChannelQuantizer(new SymmetricQuantizer(8)),
                    calibration),
                LayerQuantization.of(mlp.layers().get(1), 1, new AffineQuantizer(4), calibration),
                null));
    file = folder.resolve("model.npz");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    model.write(file);
    QuantizedModel read = QuantizedModel.read(file);
    for (int i = 0; i < 3; i++) {
      assertThat(
              read.model()
                  .layers()
                  .get(i)
                  .weight()
                  .mismatches(model.model().layers().get(i).weight()))
          .isZero();
      LayerQuantization expected = model.layers().get(i);
      LayerQuantization found = read.layers().get(i);
      if (expected == null) {
        assertThat(found).isNull();
      } else {
        assertThat(found.weight().encoding()).isEqualTo(expected.weight().encoding());
        assertThat(found.weight().codes().mismatches(expected.weight().codes())).isZero();
        assertThat(found.input()).isEqualTo(expected.input());
        assertThat(found.output()).isEqualTo(expected.output());
      }
    }
    assertThat(read.model().layers().get(1).bias()).isEqualTo(model.model().layers().get(1).bias());
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    model.write(file);
    byte[] first = Files.readAllBytes(file);
    model.write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void aMissingEncodingIsNamed() {
    model.write(file);
    Map<String, Tensor> entries = new LinkedHashMap<>(NpzFile.read(file));
    entries.remove("fc2x_zero");
    NpzFile.write(file, entries);
    assertThatThrownBy(() -> QuantizedModel.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("fc2x_zero")
        .hasMessageContaining("fabriq quantize");
  }
}
