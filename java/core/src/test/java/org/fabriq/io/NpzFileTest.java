// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fabriq.FileFormatException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("w.npz");
  }

  private static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("fc1w", Float32Tensor.of(new float[] {1, -0f, Float.NaN, 3.3125f, 5, 6}, 2, 3));
    tensors.put("codes", Int8Tensor.of(new byte[] {-128, 127}, 2));
    tensors.put("scalar", Int32Tensor.of(new int[] {Integer.MIN_VALUE}));
    return tensors;
  }

  @Test
  void roundTrip() throws IOException {
    NpzFile.write(file, tensors());
    Map<String, Tensor> read = NpzFile.read(file);
    assertThat(read).containsOnlyKeys("fc1w", "codes", "scalar");
    tensors().forEach((name, tensor) -> assertThat(read.get(name).mismatches(tensor)).isZero());
    ByteArrayInputStream stream = new ByteArrayInputStream(Files.readAllBytes(file));
    assertThat(NpzFile.read(stream, "a stream").get("codes").mismatches(tensors().get("codes")))
        .isZero();
  }

  @Test
  void writesTheSameBytesForTheSameContent() throws IOException {
    NpzFile.write(file, tensors());
    byte[] first = Files.readAllBytes(file);
    Map<String, Tensor> reversed = new LinkedHashMap<>();
    for (String name : new String[] {"scalar", "codes", "fc1w"}) {
      reversed.put(name, tensors().get(name));
    }
    NpzFile.write(file, reversed);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    assertThat(Arrays.copyOfRange(first, 10, 14)).containsExactly(0, 0, 0x41, 0);
  }

  @Test
  void readsDeflatedEntries() throws IOException {
    Path npy = folder.resolve("a.npy");
    Tensor zeros = Float32Tensor.allocate(100, 1000);
    NpyFile.write(npy, zeros);
    writeZip("a.npy", Files.readAllBytes(npy));
    assertThat(Files.size(file)).isLessThan(5000);
    assertThat(NpzFile.read(file).get("a").mismatches(zeros)).isZero();
  }

  @Test
  void truncationAnywhereIsAFormatError() throws IOException {
    NpzFile.write(file, tensors());
    byte[] whole = Files.readAllBytes(file);
    Truncation.assertEveryPrefixFails(whole, file, NpzFile::read);
  }

  @Test
  void damageNeverGivesAnotherException() throws IOException {
    NpzFile.write(file, tensors());
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0x55;
      Files.write(file, damaged);
      try {
        NpzFile.read(file);
      } catch (FileFormatException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
  }

  @Test
  void damagedDataFailsItsChecksum() throws IOException {
    NpzFile.write(file, Map.of("a", Float32Tensor.of(new float[] {1234.5f}, 1)));
    byte[] bytes = Files.readAllBytes(file);
    int data = new String(bytes, ISO_8859_1).indexOf("}") + 1;
    while (bytes[data] != '\n') {
      data++;
    }
    bytes[data + 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> NpzFile.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("entry a.npy, CRC");
  }

  @Test
  void picklesAreNamedWithTheirRemedy() throws IOException {
    Files.write(file, new byte[] {(byte) 0x80, 4, '}', '.'});
    assertThatThrownBy(() -> NpzFile.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("pickle")
        .hasMessageContaining("python3 -c \"import sys,pickle,numpy;")
        .hasMessageNotContaining("\n");
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> NpzFile.read(folder.resolve("none.npz")))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("none.npz: no such file");
    assertThatThrownBy(() -> NpzFile.read(folder)).isInstanceOf(FileFormatException.class);
    Files.writeString(file, "not a zip");
    assertThatThrownBy(() -> NpzFile.read(file)).hasMessageContaining("npz archive expected");
    writeZip("README", new byte[0]);
    assertThatThrownBy(() -> NpzFile.read(file)).hasMessageContaining("README");
    writeZip("a.npy", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> NpzFile.read(file))
        .hasMessageContaining("entry a.npy, form: other bytes found, an npy array");
    assertThatThrownBy(() -> NpzFile.write(folder.resolve("no/w.npz"), tensors()))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("cannot be written");
  }

  private void writeZip(String name, byte[] content) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
  }
}
