// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.fabriq.FileFormatException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("images");
  }

  private static byte[] images(int count, int rows, int columns, byte... pixels) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + pixels.length);
    return bytes.putInt(0x803).putInt(count).putInt(rows).putInt(columns).put(pixels).array();
  }

  private static byte[] labels(int count, byte... labels) {
    return ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(count).put(labels).array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void readsPlainAndGzip() throws IOException {
    byte[] content = images(2, 1, 3, new byte[] {0, 1, -1, 4, 5, 6});
    for (byte[] form : new byte[][] {content, gzip(content)}) {
      Files.write(file, form);
      IdxFile.Images images = IdxFile.readImages(file);
      assertThat(images.count()).isEqualTo(2);
      assertThat(images.rows()).isEqualTo(1);
      assertThat(images.columns()).isEqualTo(3);
      assertThat(images.pixels()).containsExactly(0, 1, -1, 4, 5, 6);
    }
    Files.write(file, gzip(labels(3, new byte[] {7, 0, 9})));
    assertThat(IdxFile.readLabels(file)).containsExactly(7, 0, 9);
  }

  @Test
  void truncationAnywhereIsAFormatError() throws IOException {
    byte[] content = images(2, 1, 3, new byte[] {0, 1, -1, 4, 5, 6});
    for (byte[] whole : new byte[][] {content, gzip(content)}) {
      Truncation.assertEveryPrefixFails(whole, file, IdxFile::readImages);
    }
    Files.write(file, Arrays.copyOf(content, content.length + 1));
    assertThatThrownBy(() -> IdxFile.readImages(file)).isInstanceOf(FileFormatException.class);
  }

  @Test
  void damagedGzipIsAFormatError() throws IOException {
    byte[] whole = gzip(images(2, 1, 3, new byte[] {0, 1, -1, 4, 5, 6}));
    whole[whole.length - 7] ^= 1;
    Files.write(file, whole);
    assertThatThrownBy(() -> IdxFile.readImages(file)).isInstanceOf(FileFormatException.class);
  }

  @Test
  void theLengthIsCheckedBeforeAllocation() throws IOException {
    byte[] huge = images(60_000, 28, 1_000, new byte[5]);
    for (byte[] form : new byte[][] {huge, gzip(huge)}) {
      Files.write(file, form);
      assertThatThrownBy(() -> IdxFile.readImages(file))
          .isInstanceOf(FileFormatException.class)
          .hasMessageContaining("1,680,000,016 bytes");
    }
    Files.write(file, images(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertThatThrownBy(() -> IdxFile.readImages(file)).hasMessageContaining("below 2 GiB");
    Files.write(file, images(-1, 28, 28));
    assertThatThrownBy(() -> IdxFile.readImages(file)).hasMessageContaining("dimension 0: -1");
  }

  @Test
  void theKindIsChecked() throws IOException {
    Files.write(file, labels(1, new byte[] {7, 0, 9, 1, 1, 1, 1, 1}));
    assertThatThrownBy(() -> IdxFile.readImages(file))
        .hasMessageContaining("form: an IDX file of labels found, an IDX file of images expected");
    assertThatThrownBy(() -> IdxFile.readLabels(folder.resolve("none")))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> IdxFile.readLabels(folder)).isInstanceOf(FileFormatException.class);
  }
}
