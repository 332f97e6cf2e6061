// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipException;
import org.fabriq.FileFormatException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors about files of another form say in words what a file is. */
class FileStartTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PKx | a zip archive, as .npz is",
        "....TFL3 | a TensorFlow Lite model",
        "<!DOCTYPE html><p> | an HTML page, as a failed download leaves",
        "version https://git-lfs.github.com/spec/v1 | a pointer of Git LFS in place of the file",
        "hello | text ('hello')",
        "a long line of text that goes on | text ('a long line of text that...')"
      })
  void saysWhatItIs(String start, String words) {
    assertThat(FileStart.of(start.getBytes(ISO_8859_1))).isEqualTo(words);
  }

  @Test
  void bytesThatNoFormBeginsWith() {
    assertThat(FileStart.of(new byte[0])).isEqualTo("nothing");
    assertThat(FileStart.of(new byte[] {1, 2, (byte) 0xf3})).isEqualTo("other bytes");
  }

  @Test
  void archivesThatAreNone() throws IOException {
    Path file = folder.resolve("a.npz");
    NpzFile.write(file, Map.of("w", Float32Tensor.allocate(50, 50)));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(file, "an archive that is damaged or cut short found, an npz archive expected");
    Files.writeString(file, "<html></html>");
    assertRefused(file, "an HTML page, as a failed download leaves found, an npz archive expected");
    Files.write(file, new byte[0]);
    assertRefused(file, "nothing found, an npz archive expected");
  }

  private static void assertRefused(Path file, String words) {
    assertThatThrownBy(() -> NpzFile.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(file + ", form: " + words)
        .hasMessageNotContaining("zip END header");
  }

  @Test
  void reasonsNameNoClassOfJava() {
    assertThat(IoReason.of(new AccessDeniedException("a"))).isEqualTo("this user has no right to");
    assertThat(IoReason.of(new ZipException("invalid code lengths set")))
        .isEqualTo(IoReason.of(new EOFException()))
        .isEqualTo("its content is damaged or cut short");
    assertThat(IoReason.of(new FileSystemException("a", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(IoReason.of(new IOException("disk\n failed"))).isEqualTo("disk failed");
    assertThat(IoReason.of(new IOException())).isEqualTo("the system does not say why");
  }
}
