// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples of npy and npz files. */
class ArrayDataTest {
  @TempDir private Path folder;
  private Path file;
  private Path labels;

  @BeforeEach
  void nameFiles() {
    file = folder.resolve("x.npy");
    labels = folder.resolve("y.npy");
  }

  private static byte[] npy(String dtype, String shape, boolean fortran, double... values) {
    String dict =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
            .formatted(dtype, fortran ? "True" : "False", shape);
    ByteBuffer bytes = ByteBuffer.allocate(10 + dict.length() + 8 * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).put("\u0093NUMPY\1\0".getBytes(ISO_8859_1));
    bytes.putShort((short) dict.length()).put(dict.getBytes(ISO_8859_1));
    for (double value : values) {
      switch (dtype.substring(1)) {
        case "f4" -> bytes.putFloat((float) value);
        case "f8" -> bytes.putDouble(value);
        case "i8" -> bytes.putLong((long) value);
        case "i4", "u4" -> bytes.putInt((int) (long) value);
        case "i2", "u2" -> bytes.putShort((short) value);
        default -> bytes.put((byte) value);
      }
    }
    return java.util.Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static byte[] npy(String dtype, String shape, double... values) {
    return npy(dtype, shape, false, values);
  }

  private Samples labelled() {
    return DataFiles.open(file, new DataOptions(labels, null, null, null)).read(Split.TEST);
  }

  @ParameterizedTest
  @CsvSource({
    "<f4, -2",
    "<f8, -2",
    "<i8, -2",
    "<i4, -2",
    "<i2, -2",
    "|i1, -2",
    "<u4, 4294967294",
    "<u2, 65534"
  })
  void numbersOfAnyTypeAreSamples(String dtype, float first) throws IOException {
    Files.write(file, npy(dtype, "(3, 2)", -2, 1, 2, 3, 4, 5));
    Files.write(labels, npy("<i8", "(3,)", 7, 0, 9));
    Samples samples = labelled();
    assertThat(samples.inputs(0, 3).toArray()).containsExactly(first, 1, 2, 3, 4, 5);
    assertThat(samples.labels().orElseThrow().indices()).containsExactly(7, 0, 9);
    assertThat(samples.arePixels()).isFalse();
  }

  @Test
  void bytesArePixels() throws IOException {
    Files.write(file, npy("|u1", "(2, 1, 2)", 0, 51, 255, 1));
    DataSource data = DataFiles.open(file);
    Samples samples = data.read(Split.TEST);
    assertThat(data.form()).isEqualTo("npy of uint8");
    assertThat(samples.arePixels()).isTrue();
    assertThat(samples.shape()).containsExactly(1, 2);
    assertThat(samples.inputs(0, 2).toArray()).containsExactly(0, 51 / 255f, 1, 1 / 255f);
    assertThat(samples).hasToString("2 samples of 1 x 2, no labels, scale=1/255");
    DataOptions raw = new DataOptions(null, null, "scale=1", null);
    assertThat(DataFiles.open(file, raw).read(Split.TEST).inputs(1, 2).toArray())
        .containsExactly(255, 1);
  }

  @Test
  void matricesInFortranOrderAreSamplesByRow() throws IOException {
    Files.write(file, npy("<f8", "(3, 2)", true, 1, 3, 5, 2, 4, 6));
    DataSource data = DataFiles.open(file);
    assertThat(data.read(Split.TEST).inputs(0, 3).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(data.read(Split.TEST, 2, DataSource.Progress.NONE).inputs(0, 2).toArray())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void channelsLastBecomeChannelsFirst() throws IOException {
    double[] values = new double[2 * 2 * 3 * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    for (String dtype : new String[] {"<f4", "|u1"}) {
      Files.write(file, npy(dtype, "(2, 2, 3, 2)", values));
      DataOptions last = new DataOptions(null, null, "scale=1", AxisOrder.NHWC);
      DataSource data = DataFiles.open(file, last);
      assertThat(data.form()).contains(" as nhwc");
      Samples samples = data.read(Split.TEST);
      assertThat(samples.shape()).containsExactly(2, 2, 3);
      assertThat(samples.inputs(1, 2).toArray())
          .containsExactly(12, 14, 16, 18, 20, 22, 13, 15, 17, 19, 21, 23);
      DataOptions first = new DataOptions(null, null, "scale=1", AxisOrder.NCHW);
      assertThat(DataFiles.open(file, first).read(Split.TEST).inputs(1, 2).get(1)).isEqualTo(13);
    }
    Files.write(file, npy("<f4", "(2, 3)", 1, 2, 3, 4, 5, 6));
    DataOptions last = new DataOptions(null, null, null, AxisOrder.NHWC);
    assertThatThrownBy(() -> DataFiles.open(file, last).read(Split.TEST))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("[2, 3] has 2 axes, not 4");
  }

  @Test
  void theTypeOfLabelsSaysWhatTheyAre() throws IOException {
    Files.write(file, npy("<f4", "(2, 2)", 1, 2, 3, 4));
    Files.write(labels, npy("<f4", "(2,)", 1, 0));
    assertThat(labelled().targets().orElseThrow().shape()).containsExactly(2, 1);
    Files.write(labels, npy("<f8", "(2, 3)", 1, 2, 3, 4, 5, 6));
    assertThat(labelled().targets().orElseThrow().shape()).containsExactly(2, 3);
    Files.write(labels, npy("|u1", "(2, 1)", 1, 255));
    assertThat(labelled().labels().orElseThrow().indices()).containsExactly(1, 255);
    Files.write(labels, npy("<i8", "(2,)", 1, -1));
    assertThatThrownBy(this::labelled)
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("row 1 (from 0): -1 found, a class from 0 on");
    Files.write(labels, npy("<i8", "(2,)", 1, 1L << 40));
    assertThatThrownBy(this::labelled).hasMessageContaining("1099511627776");
    Files.write(labels, npy("<i8", "(3,)", 1, 1, 1));
    assertThatThrownBy(this::labelled)
        .hasMessageContaining(labels + ", count: 3 labels found, 2 as samples in " + file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<f4 ; (2, 2) ; 1,2,NaN,4 ; row 1 (from 0): NaN found, a finite fp32 value",
        "<f8 ; (2, 2) ; 1,2,3,1e39 ; row 1 (from 0): 1.0E39",
        "<f4 ; (2, 2) ; 1,-Infinity,3,4 ; row 0 (from 0): -Infinity",
        "<f4 ; (2, 3) ; 1,2,3,4 ; 24 bytes by its header",
        "<f4 ; (0, 3) ; 1 ; 0 bytes by its header",
        "<f4 ; (2147483647, 2147483647) ; 1 ; bytes by its header",
        ">f4 ; (2, 2) ; 1,2,3,4 ; dtype: '>f4' found, bool, uint8",
        "<c8 ; (1,) ; 1 ; dtype: '<c8'",
        "|O ; (1,) ; 1 ; Python objects",
      })
  void otherArraysAreRefused(String dtype, String shape, String values, String named)
      throws IOException {
    double[] numbers =
        java.util.Arrays.stream(values.split(",")).mapToDouble(Double::parseDouble).toArray();
    Files.write(file, npy(dtype, shape, numbers));
    assertThatThrownBy(() -> DataFiles.open(file).read(Split.TEST))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(named);
  }

  private Path npz(Map<String, byte[]> entries) throws IOException {
    Path archive = folder.resolve("data.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
        zip.write(entry.getValue());
      }
    }
    return archive;
  }

  @Test
  void archivesAreAsKerasPacksThem() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("x_test", npy("|u1", "(2, 1, 2)", 0, 51, 255, 1));
    entries.put("y_test", npy("|u1", "(2,)", 3, 4));
    DataSource without = DataFiles.open(npz(entries));
    assertThatThrownBy(() -> without.check(Split.TRAIN)).hasMessageContaining("x_train too");
    entries.put("x_train", npy("|u1", "(3, 1, 2)", 1, 2, 3, 4, 5, 6));
    entries.put("y_train", npy("|u1", "(3,)", 1, 2, 0));
    DataSource data = DataFiles.open(npz(entries));
    assertThat(data.divided()).isTrue();
    assertThat(data.form()).isEqualTo("npz of x_test (uint8) with y_test");
    assertThat(data.read(Split.TEST).label(1)).isEqualTo(4);
    Samples train = data.read(Split.TRAIN, 2, DataSource.Progress.NONE);
    assertThat(train.count()).isEqualTo(2);
    assertThat(train.inputs(1, 2).toArray()).containsExactly(3 / 255f, 4 / 255f);
  }

  @Test
  void archivesOfXAndYAreForBoth() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("x", npy("<f4", "(2, 2)", 1, 2, 3, 4));
    Path archive = npz(entries);
    assertThat(DataFiles.open(archive).read(Split.TRAIN).labelled()).isFalse();
    entries.put("y", npy("<f4", "(2,)", 0.5, 1));
    npz(entries);
    assertThat(DataFiles.open(archive).read(Split.TRAIN).targets()).isPresent();
    DataOptions twice = new DataOptions(labels, null, null, null);
    assertThatThrownBy(() -> DataFiles.open(archive, twice))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("npz of x (float32) with y");
    entries.put("y", npy("<i8", "(3,)", 0, 1, 2));
    npz(entries);
    assertThatThrownBy(() -> DataFiles.open(archive).read(Split.TEST))
        .hasMessageContaining("entry y, count: 3 labels");
    entries.remove("x");
    npz(entries);
    assertThatThrownBy(() -> DataFiles.open(archive))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("arrays: y found, x and y, or x_test");
  }

  @Test
  void hugeHeadersAllocateNothing() throws IOException {
    Path archive =
        npz(Map.of("x", npy("<f4", "(2147483647, 2147483647)", 1), "y", npy("<i8", "(1,)", 1)));
    assertThatThrownBy(() -> DataFiles.open(archive))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("entry x.npy, data");
    byte[] length = "\u0093NUMPY\2\0\u00ff\u00ff\u00ff\u007f".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> DataFiles.open(npz(Map.of("x", length))))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("2147483647");
  }
}
