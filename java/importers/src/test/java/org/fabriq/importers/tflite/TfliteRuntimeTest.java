// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The interpreter of these tests beside TensorFlow Lite itself. Its kernels for x86 round like its
 * reference kernels but for ties of negative sums, which go up, and for MEAN.
 */
class TfliteRuntimeTest {
  private static final int SAMPLES = 20;

  /** What comes behind another rounding: one step there may be several here. */
  private static final Set<String> BEHIND =
      Set.of("residual", "dense, TANH", "dense, LOGISTIC", "mean, dense");

  private final SplittableRandom random = Seed.random("TfliteRuntimeTest");

  @BeforeEach
  void requireNatives() {
    assumeTrue(TfliteRuntime.available(), "TensorFlow Lite's natives are for Linux on x86-64");
  }

  @Test
  void codesOfSmallModelsAreEqualButForTies() {
    SmallModels.all(true, random)
        .forEach(
            (name, file) -> {
              Differences codes = compared(name, file, SAMPLES);
              boolean mean = name.startsWith("mean");
              assertThat(codes.share()).as("%s: %s", name, codes).isGreaterThan(mean ? 0.5 : 0.98);
              if (!BEHIND.contains(name)) {
                assertThat(codes.farthest).as("%s: %s", name, codes).isLessThanOrEqualTo(1);
              }
            });
  }

  private Differences compared(String name, byte[] file, int samples) {
    TfliteModel model = TfliteReader.read(name, file);
    Differences codes = new Differences();
    try (TfliteRuntime runtime = new TfliteRuntime(file)) {
      for (int i = 0; i < samples; i++) {
        double[] input = Samples.random(model, random);
        double[] found = TfliteReference.run(model, input);
        double[] expected = runtime.run(input);
        for (int k = 0; k < expected.length; k++) {
          codes.add(found[k], expected[k]);
        }
      }
    }
    return codes;
  }

  @Test
  void valuesOfSmallModelsAreEqualButForTheOrderOfSums() {
    for (Map.Entry<String, byte[]> entry : SmallModels.all(false, random).entrySet()) {
      TfliteModel model = TfliteReader.read(entry.getKey(), entry.getValue());
      try (TfliteRuntime runtime = new TfliteRuntime(entry.getValue())) {
        for (int i = 0; i < SAMPLES; i++) {
          double[] input = Samples.random(model, random);
          double[] found = TfliteReference.run(model, input);
          double[] expected = runtime.run(input);
          for (int k = 0; k < expected.length; k++) {
            assertThat(found[k])
                .as("%s", entry.getKey())
                .isCloseTo(expected[k], Offset.offset(1e-4));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ad01_int8.tflite, 50", "kws_ref_model.tflite, 10", "vww_96_int8.tflite, 2"})
  void codesOfPublicModelsAreEqualButForTies(String name, int samples) throws IOException {
    byte[] file = Files.readAllBytes(TfliteFiles.find(name));
    Differences codes = compared(name, file, samples);
    System.out.println(name + " beside TensorFlow Lite: " + codes);
    assertThat(codes.share()).isGreaterThan(0.99);
    assertThat(codes.farthest).isLessThanOrEqualTo(1);
  }
}
