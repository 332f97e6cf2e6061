// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.FabriqException;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.NpyFile;
import org.fabriq.tensor.Int32Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvDataTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("samples.csv");
  }

  private DataSource open(String column, String text) throws IOException {
    Files.writeString(file, text);
    return DataFiles.open(file, new DataOptions(null, column, null, null));
  }

  @Test
  void theLastColumnIsTheLabel() throws IOException {
    DataSource data = open(null, "1,2.5,0\n-3,4e2,2\r\n\n.5,+6.,1\n");
    Samples samples = data.read(Split.TEST);
    assertThat(samples.inputs(0, 3).toArray()).containsExactly(1, 2.5f, -3, 400, .5f, 6);
    assertThat(samples.labels().orElseThrow().indices()).containsExactly(0, 2, 1);
    assertThat(data.form()).isEqualTo("CSV with no header, label in column 3");
    assertThat(samples).hasToString("3 samples of 2, labels up to 2");
    assertThat(data.divided()).isFalse();
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    for (String text : new String[] {"1,2,\u00e9\n3,4,\u00e8\n", "a,b,caf\u00e9\n1,2,3\n"}) {
      Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(
              () -> DataFiles.open(file, new DataOptions(null, null, null, null)).read(Split.TEST))
          .isInstanceOf(FileFormatException.class)
          .hasMessageContaining("samples.csv")
          .hasMessageContaining("it is not UTF-8")
          .hasMessageContaining("iconv");
    }
  }

  @Test
  void theColumnIsNamedOrNumbered() throws IOException {
    String text = "\"kind, said\",a,\"b \"\"x\"\"\"\n1,2,3\n0,\" 5\",6\n";
    for (String column : new String[] {"kind, said", "1"}) {
      DataSource data = open(column, "\ufeff" + text);
      Samples samples = data.read(Split.TEST);
      assertThat(samples.inputs(0, 2).toArray()).containsExactly(2, 3, 5, 6);
      assertThat(samples.labels().orElseThrow().indices()).containsExactly(1, 0);
      assertThat(data.form()).isEqualTo("CSV with a header, label in column 'kind, said'");
    }
  }

  @Test
  void wordsAreClassesInTheirOrder() throws IOException {
    DataSource data = open(null, "5.1,setosa\n6,virginica\n5,setosa\n6.1,versicolor\n");
    Samples samples = data.read(Split.TEST);
    assertThat(samples.labels().orElseThrow().indices()).containsExactly(0, 2, 0, 1);
    assertThat(samples).hasToString("4 samples of 1, 3 classes (setosa, versicolor, virginica)");
    Samples first = data.read(Split.TEST, 2, DataSource.Progress.NONE);
    assertThat(first.labels().orElseThrow().indices()).containsExactly(0, 2);
    assertThat(first.inputs(0, 2).toArray()).containsExactly(5.1f, 6);
  }

  @Test
  void numbersWithFractionsAreTargets() throws IOException {
    Samples samples = open(null, "x,y\n1,2\n3,4.5\n5,-6\n").read(Split.TEST);
    assertThat(samples.labelled()).isFalse();
    assertThat(samples.targets().orElseThrow().toArray()).containsExactly(2, 4.5f, -6);
    assertThat(samples).hasToString("3 samples of 1, 1 target each");
  }

  @Test
  void labelsMayBeNoneOrInAnotherFile() throws IOException {
    Samples samples = open("none", "1,2\n3,4\n").read(Split.TEST);
    assertThat(samples.size()).isEqualTo(2);
    assertThat(samples.labelled() || samples.targets().isPresent()).isFalse();
    Path labels = folder.resolve("labels.npy");
    NpyFile.write(labels, Int32Tensor.of(new int[] {4, 3}, 2));
    DataOptions options = new DataOptions(labels, null, null, null);
    Samples labelled = DataFiles.open(file, options).read(Split.TEST, 1, DataSource.Progress.NONE);
    assertThat(labelled.label(0)).isEqualTo(4);
    NpyFile.write(labels, Int32Tensor.of(new int[] {4, 3, 5}, 3));
    assertThatThrownBy(() -> DataFiles.open(file, options).read(Split.TEST))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("3 labels found, 2 as samples in " + file);
    assertThatThrownBy(() -> new DataOptions(labels, "1", null, null))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1,2,0/3,4,1/5,6/                |      | line 3: 2 fields found, 3 as in line 1",
        "1,2,0/3,4,1,7/                  |      | line 2: 4 fields found, 3 as in line 1",
        "a,b,c/1,2,0/1,NaN,1/            |      | line 3: 'NaN' in column 'b' found",
        "1,2,0/1,Infinity,1/             |      | line 2: 'Infinity' in column 2 found",
        "1,2,0/1,1e39,1/                 |      | line 2: '1e39' in column 2 found",
        "1,2,0/1,0x10,1/                 |      | line 2: '0x10' in column 2 found",
        "1,2,0/1,2f,1/                   |      | line 2: '2f' in column 2 found",
        "1,2,0/1,,1/                     |      | line 2: nothing in column 2 found",
        "1,2,0/1,2,/                     |      | line 2: no label found",
        "1,2,0/1,2,cat/                  |      | label 'cat' found, a number as in line 1",
        "1,2,dog/1,2,7/                  |      | label '7' found, a word as in line 1",
        "a,2,0/1,2,1/                    |      | line 1: 1 numbers and 1 other fields",
        "a,b,c/                          |      | line 2: no line behind the header",
        "0/1/                            |      | line 1: the label alone",
        "1;2;0/3;4;1/                    |      | apart by ; or tabs found",
        "a,b,c/1,2,0/                    | d    | the label column 'd'",
        "a,b,c/1,2,0/                    | 4    | the label column '4'",
        "a,b,c/1,2,0/                    | 0    | the label column '0'",
        "a,b,b/1,2,0/                    | b    | 'b' twice found",
        "1,2,0/3,4,1/                    | c    | the label column 'c'",
        "1,2,0/3,4,99999999999/          | none | ",
      })
  void otherLinesAreRefused(String text, String column, String named) throws IOException {
    String lines = text.replace('/', '\n').replace("`", "");
    if (named == null) {
      assertThat(open(column, lines).read(Split.TEST).size()).isEqualTo(3);
      return;
    }
    assertThatThrownBy(() -> open(column, lines).read(Split.TEST))
        .isInstanceOf(FabriqException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(named)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aQuoteThatIsNotClosedIsRefused() throws IOException {
    for (String text : new String[] {"1,2,0\n3,4,\"1\n", "1,2,0\n3,\"4,1\n", "a,b\n\"1\n2\",0\n"}) {
      assertThatThrownBy(() -> open(null, text).read(Split.TEST))
          .isInstanceOf(FileFormatException.class)
          .hasMessageContaining("line 2")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void linesBehindTheSamplesWantedAreCheckedToo() throws IOException {
    DataSource data = open(null, "1,0\n2,1\n3,1,1\n");
    assertThatThrownBy(() -> data.read(Split.TEST, 1, DataSource.Progress.NONE))
        .hasMessageContaining("line 3: 3 fields");
  }

  @Test
  void otherBytesAreRefused() throws IOException {
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> DataFiles.open(file)).hasMessageContaining("nothing found");
    Files.write(file, "\n\n".getBytes());
    assertThatThrownBy(() -> DataFiles.open(file)).hasMessageContaining("no line found");
    Files.write(file, "1,2\n3,4\n".getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> DataFiles.open(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("other bytes found");
    Files.writeString(file, "\"" + "1,".repeat(20_000_000));
    assertThatThrownBy(() -> DataFiles.open(file)).isInstanceOf(FileFormatException.class);
  }
}
