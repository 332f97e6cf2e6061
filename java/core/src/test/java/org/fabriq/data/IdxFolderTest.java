// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  @TempDir Path folder;

  private void write(int images, int labels) throws IOException {
    write("t10k-", images, labels);
  }

  private void write(String prefix, int images, int labels) throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(16 + 4 * images);
    pixels.putInt(0x803).putInt(images).putInt(2).putInt(2);
    for (int i = 0; i < 4 * images; i++) {
      pixels.put((byte) (51 * i));
    }
    Files.write(folder.resolve(prefix + "images-idx3-ubyte"), pixels.array());
    ByteBuffer classes = ByteBuffer.allocate(8 + labels).putInt(0x801).putInt(labels);
    for (int i = 0; i < labels; i++) {
      classes.put((byte) (i + 3));
    }
    Files.write(folder.resolve(prefix + "labels-idx1-ubyte"), classes.array());
  }

  @Test
  void readsImagesWithTheirLabels() throws IOException {
    write(3, 3);
    Samples images = DataFiles.open(folder).read(Split.TEST);
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
    Samples all = DataFiles.open(folder).read(Split.TEST);
    for (int most = 1; most <= 4; most++) {
      Samples first = DataFiles.open(folder).read(Split.TEST, most, DataSource.Progress.NONE);
      int count = Math.min(most, 3);
      assertThat(first.count()).isEqualTo(count);
      assertThat(first.count()).isEqualTo(count);
      assertThat(first.inputs(0, count).mismatches(all.inputs(0, count))).isZero();
      assertThat(first.label(count - 1)).isEqualTo(all.label(count - 1));
    }
    write(3, 2);
    assertThatThrownBy(() -> DataFiles.open(folder).read(Split.TEST, 1, DataSource.Progress.NONE))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("3 as samples");
  }

  @Test
  void refusesCountsThatDiffer() throws IOException {
    write(3, 2);
    assertThatThrownBy(() -> DataFiles.open(folder).read(Split.TEST))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("2 labels")
        .hasMessageContaining("3 as samples");
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    write(3, 3);
    assertThatThrownBy(() -> DataFiles.open(folder).read(Split.TRAIN))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("train-images-idx3-ubyte.gz");
  }

  @Test
  void takesAnyPrefix() throws IOException {
    write("emnist-letters-train-", 5, 5);
    write("emnist-letters-test-", 3, 3);
    DataSource data = DataFiles.open(folder);
    assertThat(data.divided()).isTrue();
    assertThat(data.read(Split.TRAIN).count()).isEqualTo(5);
    assertThat(data.read(Split.TEST).count()).isEqualTo(3);
    write("emnist-digits-test-", 2, 2);
    assertThatThrownBy(() -> DataFiles.open(folder))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("emnist-digits-test, emnist-letters-test")
        .hasMessageContaining("FOLDER/PREFIX");
    assertThat(DataFiles.open(folder.resolve("emnist-letters")).read(Split.TEST).count())
        .isEqualTo(3);
    assertThatThrownBy(() -> DataFiles.open(folder.resolve("emnist-let")))
        .hasMessageContaining("no such file or folder");
    assertThatThrownBy(() -> DataFiles.open(folder.resolve("emnist-digits")).read(Split.TRAIN))
        .hasMessageContaining("train-images-idx3-ubyte");
  }

  /** Who names t10k needs no training part. */
  @Test
  void aPartThatIsNamedAloneIsForBoth() throws IOException {
    write("t10k-", 3, 3);
    DataSource data = DataFiles.open(folder.resolve("t10k"));
    assertThat(data.divided()).isFalse();
    assertThat(data.read(Split.TRAIN).count()).isEqualTo(3);
    assertThatThrownBy(() -> DataFiles.open(folder).check(Split.TRAIN))
        .hasMessageContaining("or name " + folder.resolve("t10k") + ", which then serves for both");
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    Files.move(labels, folder.resolve("t10k-labels.idx1-ubyte"));
    assertThatThrownBy(() -> data.check(Split.TEST))
        .hasMessageContaining("rename the right one of t10k-labels.idx1-ubyte");
  }

  @Test
  void aSetWithoutPartsIsForBoth() throws IOException {
    write("own-", 3, 3);
    DataSource data = DataFiles.open(folder);
    assertThat(data.divided()).isFalse();
    assertThat(data.read(Split.TRAIN).count()).isEqualTo(3);
    Files.delete(folder.resolve("own-labels-idx1-ubyte"));
    assertThatThrownBy(() -> data.read(Split.TEST))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("own-labels-idx1-ubyte.gz")
        .hasMessageContaining("own-images-idx3-ubyte and --labels FILE");
    Samples unlabelled = DataFiles.open(folder.resolve("own-images-idx3-ubyte")).read(Split.TEST);
    assertThat(unlabelled.labelled()).isFalse();
    assertThat(unlabelled.count()).isEqualTo(3);
  }

  @Test
  void oneFileTakesLabelsOfAnother() throws IOException {
    write(3, 3);
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    DataOptions options = new DataOptions(labels, null, null, null);
    DataSource data = DataFiles.open(folder.resolve("t10k-images-idx3-ubyte"), options);
    assertThat(data.read(Split.TEST).label(2)).isEqualTo(5);
    assertThatThrownBy(() -> DataFiles.open(folder, options))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("IDX images with labels");
  }

  @Test
  void readsMnist() {
    String property = System.getProperty("fabriq.mnist", "");
    String folder = property.isEmpty() ? System.getenv("FABRIQ_MNIST") : property;
    Assumptions.assumeTrue(
        folder != null && !folder.isEmpty(), "no MNIST: give -Dfabriq.mnist=DIR or FABRIQ_MNIST");
    Samples test = DataFiles.open(Path.of(folder)).read(Split.TEST);
    assertThat(test.count()).isEqualTo(10_000);
    assertThat(test.shape()).containsExactly(28, 28);
    assertThat(test.labels().orElseThrow().indices()).startsWith(7, 2, 1, 0, 4);
    Samples train = DataFiles.open(Path.of(folder)).read(Split.TRAIN);
    assertThat(train.count()).isEqualTo(60_000);
    assertThat(train.labels().orElseThrow().indices()).startsWith(5, 0, 4, 1, 9);
  }
}
