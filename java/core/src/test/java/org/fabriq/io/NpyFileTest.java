// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fabriq.FileFormatException;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("a.npy");
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void roundTrip(DataType type) {
    for (int[] shape : new int[][] {{}, {1}, {7}, {3, 5}, {2, 3, 4}, {300, 301}}) {
      Tensor tensor = Tensor.allocate(type, shape);
      for (int i = 0; i < tensor.memory().limit(); i++) {
        tensor.memory().put(i, (byte) (i * 31));
      }
      NpyFile.write(file, tensor);
      assertThat(NpyFile.read(file).mismatches(tensor)).isZero();
    }
  }

  @Test
  void writesWhatNumpyWrites() throws IOException {
    NpyFile.write(file, Int8Tensor.of(new byte[] {5, -6}, 2));
    byte[] bytes = Files.readAllBytes(file);
    String dict = "{'descr': '|i1', 'fortran_order': False, 'shape': (2,), }";
    assertThat(bytes).hasSize(130);
    assertThat(Arrays.copyOf(bytes, 10)).isEqualTo("\u0093NUMPY\1\0v\0".getBytes(ISO_8859_1));
    assertThat(new String(bytes, 10, 118, ISO_8859_1))
        .isEqualTo(dict + " ".repeat(117 - dict.length()) + "\n");
    assertThat(bytes[129]).isEqualTo((byte) -6);
  }

  @Test
  void fortranOrderIsTransposed() throws IOException {
    write(
        1, "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", floats(1, 4, 2, 5, 3, 6));
    Float32Tensor tensor = (Float32Tensor) NpyFile.read(file);
    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    write(1, "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", floats(1, 2));
    assertThat(((Float32Tensor) NpyFile.read(file)).toArray()).containsExactly(1, 2);
  }

  @Test
  void doublesAreNarrowedHalfEven() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(1 + 0x1p-24).putDouble(1 + 0x3p-24).putDouble(0.1);
    data.putDouble(Double.POSITIVE_INFINITY).putDouble(Double.NaN);
    String dict = "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), }";
    write(2, dict, data.array());
    assertThat(((Float32Tensor) NpyFile.read(file)).toArray())
        .containsExactly(1, 1 + 0x1p-22f, 0.1f, Float.POSITIVE_INFINITY, Float.NaN);
    write(3, dict, data.putDouble(16, 1e39).array());
    assertThatThrownBy(() -> NpyFile.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("element 2");
  }

  @Test
  void truncationAnywhereIsAFormatError() throws IOException {
    NpyFile.write(file, Float32Tensor.allocate(2, 2));
    byte[] whole = Files.readAllBytes(file);
    Truncation.assertEveryPrefixFails(whole, file, NpyFile::read);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> NpyFile.read(file)).isInstanceOf(FileFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'>f4'", "'<f2'", "'<i8'", "'|u1'", "'|b1'", "'<U4'", "[('a', '<f4')]", "3"})
  void otherTypesAreRefused(String descr) throws IOException {
    write(1, "{'descr': " + descr + ", 'fortran_order': False, 'shape': (2,), }", floats(1, 2));
    assertThatThrownBy(() -> NpyFile.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("dtype")
        .hasMessageContaining("'<f4', '<f8', '|i1' or '<i4' expected")
        .hasMessageContaining("astype");
  }

  @Test
  void objectsAreNamedWithTheirRemedy() throws IOException {
    write(1, "{'descr': '|O', 'fortran_order': False, 'shape': (), }", new byte[16]);
    assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("python3 -c");
    Files.write(file, new byte[] {(byte) 0x80, 4, 0, 0, 0, 0, 0, 0, 0});
    assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("a Python pickle");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(2147483647, 2147483647); data",
        "(4294967297, 1); shape",
        "(99999999999999999999, 1); shape",
        "(2, -1); header",
        "(0,); shape",
        "2; header",
        "((2, 2), 2); header",
        "(1, 1, 1, 1, 1, 1, 1, 1, 1); data",
      })
  void impossibleShapesAreRefused(String shape, String place) throws IOException {
    byte[] data = shape.startsWith("(0") ? new byte[0] : floats(1, 2);
    write(1, "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }", data);
    assertThatThrownBy(() -> NpyFile.read(file))
        .isExactlyInstanceOf(FileFormatException.class)
        .hasMessageContaining(", " + place + ":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "{'descr': '<f4'}", "[]", "{'descr': '<f4', 'shape': ('a',)}"})
  void damagedHeadersAreRefused(String dict) throws IOException {
    write(1, dict, floats(1, 2));
    assertThatThrownBy(() -> NpyFile.read(file)).isExactlyInstanceOf(FileFormatException.class);
  }

  @Test
  void hugeHeadersAreRefused() throws IOException {
    Files.write(file, "\u0093NUMPY\2\0\u00ff\u00ff\u00ff\u007f".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("2147483647");
    Files.write(file, "\u0093NUMPY\7\0\0\0".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("version: 7");
    write(1, "(".repeat(1000), floats());
    assertThatThrownBy(() -> NpyFile.read(file)).isExactlyInstanceOf(FileFormatException.class);
  }

  private void write(int version, String dict, byte[] data) throws IOException {
    int lengthBytes = version == 1 ? 2 : 4;
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + lengthBytes + dict.length() + 1 + data.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("\u0093NUMPY".getBytes(ISO_8859_1)).put((byte) version).put((byte) 0);
    bytes.putShort((short) (dict.length() + 1));
    bytes.position(8 + lengthBytes);
    Files.write(file, bytes.put((dict + "\n").getBytes(ISO_8859_1)).put(data).array());
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
