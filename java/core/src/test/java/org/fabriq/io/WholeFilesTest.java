// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is there whole, as it was before, or not at all. */
class WholeFilesTest {
  private static final Map<String, Float32Tensor> ARRAYS =
      Map.of("w", Float32Tensor.allocate(2, 2));

  @TempDir private Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void bothFilesAreWrittenAndNothingElse() throws IOException {
    ModelFile.write(folder.resolve("net.npz"), Map.of("kind", "x"), ARRAYS);
    ModelFile.write(folder.resolve("net.npz"), Map.of("kind", "y"), ARRAYS);
    assertThat(names()).containsExactly("net.json", "net.npz");
    assertThat(ModelFile.read(folder.resolve("net.npz")).kind()).isEqualTo("y");
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    ModelFile.write(folder.resolve("net.npz"), Map.of("kind", "x"), ARRAYS);
    byte[] before = Files.readAllBytes(folder.resolve("net.npz"));
    Map<String, Object> noJson = Map.of("kind", new Object());
    Map<String, Float32Tensor> others = Map.of("v", Float32Tensor.allocate(3));
    assertThatThrownBy(() -> ModelFile.write(folder.resolve("net.npz"), noJson, others))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Files.readAllBytes(folder.resolve("net.npz"))).isEqualTo(before);
    assertThat(names()).containsExactly("net.json", "net.npz");
  }

  @Test
  void aLinkStaysOne() throws IOException {
    Files.createDirectory(folder.resolve("elsewhere"));
    Path target = Files.writeString(folder.resolve("elsewhere/a.npz"), "");
    Path link = Files.createSymbolicLink(folder.resolve("net.npz"), target);
    ModelFile.write(link, Map.of("kind", "x"), ARRAYS);
    assertThat(link).isSymbolicLink();
    assertThat(Files.size(target)).isPositive();
  }
}
