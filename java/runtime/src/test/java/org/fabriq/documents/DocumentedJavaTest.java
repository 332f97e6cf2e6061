// SPDX-License-Identifier: Apache-2.0
package org.fabriq.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that README.md and the manual print compiles as it is printed, runs and is right. */
class DocumentedJavaTest {
  private static final Path ROOT =
      Path.of(System.getProperty("fabriq.descriptors")).resolve("../..").normalize();

  @TempDir private Path folder;

  /** A document with Java that is new here must get a test of its own. */
  @Test
  void allJavaOfTheDocumentsIsTested() throws IOException {
    Map<String, Integer> blocks = new TreeMap<>();
    try (Stream<Path> files =
        Stream.concat(Files.walk(ROOT.resolve("docs")), Stream.of(ROOT.resolve("README.md")))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".md")).toList()) {
        int count = JavaBlock.of(file).size();
        if (count > 0) {
          blocks.put(ROOT.relativize(file).toString(), count);
        }
      }
    }
    assertThat(blocks).isEqualTo(Map.of("README.md", 1, "docs/install.md", 1));
  }

  @Test
  void theSumsOfTheReadmeAreExact() throws Exception {
    JavaBlock block = JavaBlock.of(ROOT.resolve("README.md")).get(0);
    String source =
        """
        %s
        public final class Readme {
          public static Int32Tensor run(
              Float32Tensor layerWeights, Float32Tensor sampleInputs, Float32Tensor inputs) {
        %s
            return sums;
          }
        }
        """
            .formatted(block.imports(), block.statements());
    Float32Tensor layerWeights = random(7, 65, 1);
    Float32Tensor samples = random(20, 65, 2);
    Float32Tensor inputs = random(3, 65, 3);

    Int32Tensor sums =
        (Int32Tensor)
            JavaBlock.compile("Readme", source, folder)
                .getMethod("run", Float32Tensor.class, Float32Tensor.class, Float32Tensor.class)
                .invoke(null, layerWeights, samples, inputs);

    Int8Tensor w =
        new PerChannelQuantizer(new SymmetricQuantizer(8)).quantize(layerWeights).codes();
    Encoding in = new SymmetricQuantizer(8).fit(samples);
    Int8Tensor a = in.quantize(inputs);
    assertThat(sums.shape()).containsExactly(3, 7);
    for (int m = 0; m < 3; m++) {
      for (int n = 0; n < 7; n++) {
        int sum = 0;
        for (int k = 0; k < 65; k++) {
          sum += a.get(m, k) * w.get(n, k);
        }
        assertThat(sums.get(m, n)).as("row %d, column %d", m, n).isEqualTo(sum);
      }
    }
  }

  /**
   * The manual's program is that of examples/library, which scripts/test-distribution.sh builds.
   */
  @Test
  void theProgramOfTheManualIsTheLibrarysExampleAndRuns() throws Exception {
    String program = JavaBlock.of(ROOT.resolve("docs/install.md")).get(0).text();
    assertThat(
            Files.readString(
                ROOT.resolve("examples/library/src/main/java/org/example/NetworkOnDevices.java")))
        .isEqualTo("// SPDX-License-Identifier: Apache-2.0\npackage org.example;\n\n" + program);

    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      JavaBlock.compile("NetworkOnDevices", program, folder)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).matches("fc1 +[0-9.]+ us, its kernel +[0-9.]+ us");
    assertThat(lines.get(1)).matches("fc2 +[0-9.]+ us, its kernel +[0-9.]+ us");
    assertThat(lines.get(2)).matches("fc3 +[0-9.]+ us, its kernel +[0-9.]+ us");
    assertThat(lines.get(3)).isEqualTo("6267 of 6400 digits right");
  }

  private static Float32Tensor random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Float32Tensor tensor = Float32Tensor.allocate(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }
}
