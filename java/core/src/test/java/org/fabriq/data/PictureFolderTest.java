// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
  @TempDir private Path folder;

  private Path write(String name, int type, int rows, int columns, int... colours)
      throws IOException {
    BufferedImage image = new BufferedImage(columns, rows, type);
    for (int i = 0; i < colours.length; i++) {
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        image.getRaster().setSample(i % columns, i / columns, 0, colours[i]);
      } else {
        image.setRGB(i % columns, i / columns, colours[i]);
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.endsWith(".png") ? "png" : "jpg";
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private Path grey(String name, int... values) throws IOException {
    return write(name, BufferedImage.TYPE_BYTE_GRAY, 1, values.length, values);
  }

  private Samples read() {
    return DataFiles.open(folder).read(Split.TEST);
  }

  @Test
  void classesTakeTurnsInTheOrderOfTheirNames() throws IOException {
    grey("cat/2.png", 20, 1);
    grey("cat/1.png", 10, 1);
    grey("ant/b.png", 200, 0);
    grey("cat/3.png", 30, 1);
    Files.writeString(folder.resolve(".DS_Store"), "hidden");
    List<Integer> told = new ArrayList<>();
    DataSource data = DataFiles.open(folder);
    Samples samples = data.read(Split.TEST, 4, (done, all) -> told.add(10 * all + done));
    assertThat(data.form()).isEqualTo("pictures in class folders, in turns");
    assertThat(samples).hasToString("4 samples of 1 x 1 x 2, 2 classes (ant, cat), scale=1/255");
    assertThat(samples.names()).containsExactly("ant/b.png", "cat/1.png", "cat/2.png", "cat/3.png");
    assertThat(samples.labels().orElseThrow().indices()).containsExactly(0, 1, 1, 1);
    assertThat(samples.inputs(0, 2).toArray()).containsExactly(200 / 255f, 0, 10 / 255f, 1 / 255f);
    assertThat(told).containsExactly(41, 42, 43, 44);
    assertThat(data.read(Split.TEST, 2, DataSource.Progress.NONE).names())
        .containsExactly("ant/b.png", "cat/1.png");
  }

  /** As MNIST's folders 0 to 9 of which one is missing: 4 stays 4, and 10 comes after 9. */
  @Test
  void classFoldersThatAreNumbersAreTheirNumber() throws IOException {
    for (String name : new String[] {"0", "2", "4", "10"}) {
      grey(name + "/1.png", 1);
    }
    Samples samples = read();
    assertThat(DataFiles.open(folder).form())
        .isEqualTo("pictures in class folders, whose numbers are the classes, in turns");
    assertThat(samples.names()).containsExactly("0/1.png", "10/1.png", "2/1.png", "4/1.png");
    assertThat(samples.labels().orElseThrow().indices()).containsExactly(0, 10, 2, 4);
    grey("04/1.png", 1);
    assertRefused("the class folders 04 and 4 found, one folder for each number expected");
  }

  /** A folder of one part counts for the other, and one that is no number makes all names words. */
  @Test
  void oneFolderThatIsNoNumberMakesAllOfThemNames() throws IOException {
    grey("test/7/1.png", 1);
    grey("train/7/1.png", 1);
    assertThat(DataFiles.open(folder).read(Split.TEST).label(0)).isEqualTo(7);
    grey("train/other/1.png", 1);
    assertThat(DataFiles.open(folder).read(Split.TEST).label(0)).isZero();
  }

  @Test
  void coloursAreThreeChannels() throws IOException {
    write("a.png", BufferedImage.TYPE_INT_RGB, 1, 2, 0x010203, 0xfffefd);
    write("b.png", BufferedImage.TYPE_INT_ARGB, 1, 2, 0xff0a0b0c, 0xff0d0e0f);
    write("c.png", BufferedImage.TYPE_BYTE_INDEXED, 1, 2, 0xff0000, 0x00ff00);
    Samples samples = read();
    assertThat(samples.labelled()).isFalse();
    assertThat(samples.shape()).containsExactly(3, 1, 2);
    float[] bytes = samples.normalized(Normalization.NONE).inputs(0, 3).toArray();
    assertThat(bytes)
        .containsExactly(1, 255, 2, 254, 3, 253, 10, 13, 11, 14, 12, 15, 255, 0, 0, 255, 0, 0);
  }

  @Test
  void blackAndWhiteIsGrey() throws IOException {
    write("a.png", BufferedImage.TYPE_BYTE_BINARY, 2, 2, 0xffffff, 0, 0, 0xffffff);
    assertThat(read().inputs(0, 1).toArray()).containsExactly(1, 0, 0, 1);
  }

  @Test
  void jpegIsReadToItsEnd() throws IOException {
    int[] colours = new int[64 * 64];
    Arrays.fill(colours, 0x808080);
    Path file = write("a.jpg", BufferedImage.TYPE_INT_RGB, 64, 64, colours);
    assertThat(read().inputs(0, 1).get(5)).isBetween(0.48f, 0.52f);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 20));
    assertThatThrownBy(this::read)
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("a.jpg");
  }

  @Test
  void trainAndTestDivideTheData() throws IOException {
    grey("test/b/1.png", 1);
    grey("train/a/1.png", 2);
    grey("train/b/1.png", 3);
    DataSource data = DataFiles.open(folder);
    assertThat(data.divided()).isTrue();
    assertThat(data.read(Split.TRAIN).count()).isEqualTo(2);
    Samples test = data.read(Split.TEST);
    assertThat(test.count()).isEqualTo(1);
    assertThat(test.label(0)).as("b, of the classes of both parts").isEqualTo(1);
  }

  @Test
  void classesMayBeCalledTrainAndTest() throws IOException {
    grey("test/1.png", 1);
    grey("train/1.png", 2);
    assertThat(DataFiles.open(folder).divided()).isFalse();
    assertThat(read()).hasToString("2 samples of 1 x 1 x 1, 2 classes (test, train), scale=1/255");
  }

  @Test
  void mixedSizesAndColoursAreRefused() throws IOException {
    Path first = grey("a/1.png", 1, 2);
    Path second = grey("b/1.png", 1, 2, 3);
    assertThatThrownBy(this::read)
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(second + ", picture: grey, 1 x 3 found, grey, 1 x 2 as " + first);
    write("b/1.png", BufferedImage.TYPE_INT_RGB, 1, 2, 1, 2);
    assertThatThrownBy(this::read).hasMessageContaining("RGB, 1 x 2 found, grey, 1 x 2");
  }

  @Test
  void whatIsNoPictureIsRefused() throws IOException {
    Path file = grey("a/1.png", 1, 2);
    Files.writeString(file, "no picture");
    assertRefused("no picture found");
    byte[] whole = Files.readAllBytes(grey("a/1.png", 1, 2));
    float[] values = read(whole, file);
    int refused = 0;
    for (int length = 0; length < whole.length; length++) {
      try { // what is cut behind the pixels may go unnoticed
        assertThat(read(Arrays.copyOf(whole, length), file)).isEqualTo(values);
      } catch (FileFormatException e) {
        assertThat(e).hasMessageContaining(file.toString());
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length - 30);
    write("a/1.png", BufferedImage.TYPE_INT_ARGB, 1, 2, 0xff000000, 0x80ffffff);
    assertRefused("a transparent pixel in row 0, column 1");
    write("a/1.png", BufferedImage.TYPE_USHORT_GRAY, 1, 2);
    assertRefused("16 bits a channel");
    Files.write(file, pngOfSize(whole, 60_000, 60_000));
    assertRefused("60000 x 60000 pixels found, at most 16,777,216");
    Files.delete(file);
    Files.createDirectory(file);
    assertRefused("no regular file");
  }

  private float[] read(byte[] content, Path file) throws IOException {
    Files.write(file, content);
    return read().inputs(0, 1).toArray();
  }

  /** A picture whose header, with a right checksum, says another size. */
  private static byte[] pngOfSize(byte[] png, int width, int height) {
    ByteBuffer bytes = ByteBuffer.wrap(png.clone());
    bytes.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(bytes.array(), 12, 17);
    return bytes.putInt(29, (int) crc.getValue()).array();
  }

  private void assertRefused(String named) {
    assertThatThrownBy(this::read)
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(named)
        .hasMessageNotContaining("\n");
  }

  @Test
  void otherFoldersAreRefused() throws IOException {
    assertRefused("nothing found, one of the forms");
    Path empty = Files.createDirectory(folder.resolve("a"));
    assertRefused(empty + ", folder: nothing found, pictures expected");
    grey("a/1.png", 1);
    Path note = Files.writeString(folder.resolve("a/readme.txt"), "note");
    assertRefused("readme.txt found, pictures (.png, .jpg, .jpeg) alone");
    Files.move(note, folder.resolve("readme.txt"));
    assertRefused("folders and the file readme.txt found");
    Files.delete(folder.resolve("readme.txt"));
    assertThat(read().count()).isEqualTo(1);
    DataOptions column = new DataOptions(null, "label", null, null);
    assertThatThrownBy(() -> DataFiles.open(folder, column))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("a label column, label, does not go with a folder of pictures");
  }
}
