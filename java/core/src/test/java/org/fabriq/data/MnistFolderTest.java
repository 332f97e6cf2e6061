// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.FileFormatException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistFolderTest {
  @TempDir Path folder;

  private void write(int images, int labels) throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(16 + 4 * images);
    pixels.putInt(0x803).putInt(images).putInt(2).putInt(2);
    for (int i = 0; i < 4 * images; i++) {
      pixels.put((byte) (51 * i));
    }
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), pixels.array());
    ByteBuffer classes = ByteBuffer.allocate(8 + labels).putInt(0x801).putInt(labels);
    for (int i = 0; i < labels; i++) {
      classes.put((byte) (i + 3));
    }
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), classes.array());
  }

  @Test
  void readsImagesWithTheirLabels() throws IOException {
    write(3, 3);
    LabelledImages images = MnistFolder.read(folder, Split.TEST);
    assertThat(images.count()).isEqualTo(3);
    assertThat(images.label(2)).isEqualTo(5);
    Float32Tensor inputs = images.inputs(1, 3);
    assertThat(inputs.shape()).containsExactly(2, 4);
    assertThat(inputs.get(0, 0)).isEqualTo(204 / 255f);
    assertThat(inputs.get(0, 1)).isEqualTo(1f);
    assertThat(images.head(2).count()).isEqualTo(2);
    assertThat(images.head(9).inputs(0, 3).mismatches(images.inputs(0, 3))).isZero();
    assertThatThrownBy(() -> images.inputs(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void readsNoMoreThanIsAskedFor() throws IOException {
    write(3, 3);
    LabelledImages all = MnistFolder.read(folder, Split.TEST);
    for (int most = 1; most <= 4; most++) {
      LabelledImages first = MnistFolder.read(folder, Split.TEST, most);
      int count = Math.min(most, 3);
      assertThat(first.count()).isEqualTo(count);
      assertThat(first.pixels()).hasSize(4 * count);
      assertThat(first.inputs(0, count).mismatches(all.inputs(0, count))).isZero();
      assertThat(first.label(count - 1)).isEqualTo(all.label(count - 1));
    }
    write(3, 2);
    assertThatThrownBy(() -> MnistFolder.read(folder, Split.TEST, 1))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("3 as images");
  }

  @Test
  void refusesCountsThatDiffer() throws IOException {
    write(3, 2);
    assertThatThrownBy(() -> MnistFolder.read(folder, Split.TEST))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("2 labels")
        .hasMessageContaining("3 as images");
    assertThatThrownBy(() -> new LabelledImages(new byte[5], 1, 2, new byte[2]))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new LabelledImages(new byte[0], 1, 2, new byte[0]))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    write(3, 3);
    assertThatThrownBy(() -> MnistFolder.read(folder, Split.TRAIN))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("train-images-idx3-ubyte.gz");
  }

  @Test
  void readsMnist() {
    String property = System.getProperty("fabriq.mnist", "");
    String folder = property.isEmpty() ? System.getenv("FABRIQ_MNIST") : property;
    Assumptions.assumeTrue(
        folder != null && !folder.isEmpty(), "no MNIST: give -Dfabriq.mnist=DIR or FABRIQ_MNIST");
    LabelledImages test = MnistFolder.read(Path.of(folder), Split.TEST);
    assertThat(test.count()).isEqualTo(10_000);
    assertThat(test.rows()).isEqualTo(28);
    assertThat(test.columns()).isEqualTo(28);
    assertThat(test.labels()).startsWith(7, 2, 1, 0, 4);
    LabelledImages train = MnistFolder.read(Path.of(folder), Split.TRAIN);
    assertThat(train.count()).isEqualTo(60_000);
    assertThat(train.labels()).startsWith(5, 0, 4, 1, 9);
  }
}
