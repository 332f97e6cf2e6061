// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.fabriq.importing.ImportedModel;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.Network;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks of MLPerf Tiny as their authors give them. */
@Tag("long")
class TfliteModelsTest {
  private final SplittableRandom random = Seed.random("TfliteModelsTest");

  @ParameterizedTest
  @CsvSource({
    "ad01_int8.tflite, 50, 0.99, 0.6",
    "kws_ref_model.tflite, 10, 0.99, 0.5",
    "vww_96_int8.tflite, 2, 0.99, 0.2"
  })
  void codesOfEachLayerAreAtMostOneApart(
      String name, int samples, double layerShare, double outputShare) throws IOException {
    CodeComparison comparison = compared(name, samples, false);
    System.out.println(name + ", layers: " + comparison.layers);
    System.out.println(name + ", outputs: " + comparison.outputs);
    assertThat(comparison.layers.farthest).isLessThanOrEqualTo(1);
    assertThat(comparison.layers.share()).isGreaterThan(layerShare);
    assertThat(comparison.outputs.share()).isGreaterThan(outputShare);
  }

  @ParameterizedTest
  @CsvSource({"ad01_int8.tflite, 50", "kws_ref_model.tflite, 10", "vww_96_int8.tflite, 2"})
  void codesAreEqualWithTheRoundingOfTheFile(String name, int samples) throws IOException {
    CodeComparison comparison = compared(name, samples, true);
    assertThat(comparison.layers.farthest).as("%s", comparison.layers).isZero();
    assertThat(comparison.outputs.farthest).as("%s", comparison.outputs).isZero();
  }

  private CodeComparison compared(String name, int samples, boolean keepRounding)
      throws IOException {
    byte[] file = Files.readAllBytes(TfliteFiles.find(name));
    TfliteModel model = TfliteReader.read(name, file);
    CodeComparison comparison =
        new CodeComparison(model, TfliteImporter.read(name, file, keepRounding));
    for (int i = 0; i < samples; i++) {
      comparison.compare(Samples.random(model, random));
    }
    return comparison;
  }

  @Test
  void fp32FormIsWithinTheErrorOfItsSums() {
    Path file = TfliteFiles.find("kws_ref_model_float32.tflite");
    ImportedModel imported = new TfliteImporter().read(file);
    assertThat(imported.notes()).anyMatch(note -> note.contains("weights of the file are int8"));
    Network network = imported.network().orElseThrow();
    TfliteModel model = model(file);
    for (int i = 0; i < 5; i++) {
      double[] input = Samples.random(model, random);
      Float32Tensor found = network.forward(Samples.values(input, network.input()));
      double[] expected = TfliteReference.run(model, input);
      for (int k = 0; k < expected.length; k++) {
        assertThat((double) found.get(k)).isCloseTo(expected[k], Offset.offset(1e-4));
      }
    }
  }

  private static TfliteModel model(Path file) {
    try {
      return TfliteReader.read(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"kws_ref_model.tflite, false", "kws_ref_model.tflite, true"})
  void whatIsImportedIsReadBackAsItWas(String name, boolean keepRounding, @TempDir Path folder) {
    Path file = TfliteFiles.find(name);
    TfliteImporter importer = new TfliteImporter();
    ImportedModel imported =
        keepRounding ? importer.readKeepingRounding(file) : importer.read(file);
    imported.write(folder.resolve("kws.npz"));
    IntegerNetwork network = imported.integers().orElseThrow();
    IntegerNetwork again = IntegerNetwork.read(folder.resolve("kws.npz"));
    Int8Tensor x = Samples.codes(Samples.random(model(file), random), network.input());
    assertThat(ReferenceNetwork.run(again, x).mismatches(ReferenceNetwork.run(network, x)))
        .isZero();
  }
}
