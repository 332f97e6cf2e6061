// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tensorflow.lite.schema.TensorType.FLOAT32;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.fabriq.importing.ImportedModel;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.Network;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.lite.schema.BuiltinOperator;

class TfliteOperatorsTest {
  private static final int SAMPLES = 20;

  private final SplittableRandom random = Seed.random("TfliteOperatorsTest");

  static Stream<Arguments> integers() {
    return models(true);
  }

  static Stream<Arguments> reals() {
    return models(false);
  }

  /** Those that end with a softmax. */
  static Stream<Arguments> classifiers() {
    Set<String> names = Set.of("dense, softmax", "conv, reshape, dense");
    return integers().filter(model -> names.contains(model.get()[0]));
  }

  private static Stream<Arguments> models(boolean int8) {
    return SmallModels.all(int8, Seed.random("TfliteOperatorsTest")).entrySet().stream()
        .map(model -> Arguments.of(model.getKey(), model.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("integers")
  void codesOfEachLayerAreAtMostOneApart(String name, byte[] file) {
    Differences layers = compared(name, file, false).layers;
    assertThat(layers.farthest).as("%s", layers).isLessThanOrEqualTo(1);
    assertThat(layers.share()).as("%s", layers).isGreaterThan(0.8);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("integers")
  void codesAreEqualWithTheRoundingOfTheFile(String name, byte[] file) {
    CodeComparison comparison = compared(name, file, true);
    assertThat(comparison.layers.farthest).as("%s", comparison.layers).isZero();
    assertThat(comparison.outputs.farthest).as("%s", comparison.outputs).isZero();
  }

  private CodeComparison compared(String name, byte[] file, boolean keepRounding) {
    TfliteModel model = TfliteReader.read(name, file);
    CodeComparison comparison =
        new CodeComparison(model, TfliteImporter.read(name, file, keepRounding));
    for (int i = 0; i < SAMPLES; i++) {
      comparison.compare(Samples.random(model, random));
    }
    return comparison;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reals")
  void valuesAreWithinTheErrorOfTheirSums(String name, byte[] file) {
    TfliteModel model = TfliteReader.read(name, file);
    Network network = TfliteImporter.read(name, file, false).network().orElseThrow();
    for (int i = 0; i < SAMPLES; i++) {
      double[] input = Samples.random(model, random);
      Float32Tensor found = network.forward(Samples.values(input, network.input()));
      Float32Tensor expected = Samples.values(TfliteReference.run(model, input), network.output());
      for (int k = 0; k < expected.size(); k++) {
        assertThat(found.get(k)).isCloseTo(expected.get(k), within());
      }
    }
  }

  /** Values are below 4 and sums have at most 200 terms: 2^-24 * 4 * 200, and more layers. */
  private static Offset<Float> within() {
    return Offset.offset(1e-4f);
  }

  @Test
  void codesAtTheBordersAreThoseOfTheNetwork() {
    Draft draft = new Draft(true, random);
    int x = draft.writer.tensor(FLOAT32, new int[] {1, 11}, new float[0], new long[0], 0, null);
    int codes = draft.value(1, 11);
    draft.writer.operator(BuiltinOperator.QUANTIZE, Draft.of(x), codes);
    int dense = SmallModels.dense(draft, codes, 5, (byte) 1);
    int out = draft.writer.tensor(FLOAT32, new int[] {1, 5}, new float[0], new long[0], 0, null);
    draft.writer.operator(BuiltinOperator.DEQUANTIZE, Draft.of(dense), out);
    byte[] file = draft.bytes(x, out);
    TfliteModel model = TfliteReader.read("borders", file);
    IntegerNetwork network = TfliteImporter.read("borders", file, true).integers().orElseThrow();
    assertThat(network.inputCodes().scale(0)).isEqualTo(model.tensor(codes).scales()[0]);
    for (int i = 0; i < SAMPLES; i++) {
      double[] input = Samples.random(model, random);
      Int8Tensor quantized = network.quantize(Samples.values(input, network.input()));
      Float32Tensor found = network.values(ReferenceNetwork.run(network, quantized));
      Float32Tensor expected = Samples.values(TfliteReference.run(model, input), network.output());
      assertThat(found.mismatches(expected)).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("classifiers")
  void softmaxIsOfTheCodesBeforeIt(String name, byte[] file) {
    TfliteModel model = TfliteReader.read(name, file);
    ImportedModel imported = TfliteImporter.read(name, file, true);
    assertThat(imported.notes()).anyMatch(note -> note.contains("gives fp32 values"));
    double[] input = Samples.random(model, random);
    IntegerNetwork network = imported.integers().orElseThrow();
    Tensor out = ReferenceNetwork.run(network, Samples.codes(input, network.input()));
    Float32Tensor found = network.values(out);
    double[] expected = TfliteReference.run(model, input);
    for (int i = 0; i < expected.length; i++) {
      double value = (expected[i] + 128) / 256;
      assertThat((double) found.get(i))
          .isCloseTo(value, Offset.offset(expected[i] == 127 ? 1.0 / 256 : 0.5 / 256 + 1e-6));
    }
  }
}
