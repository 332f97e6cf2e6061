// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.fabriq.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticDigitsTest {
  private static final int PIXELS = SyntheticDigits.SIDE * SyntheticDigits.SIDE;

  @ParameterizedTest
  @CsvSource({"60000, 4078609250", "10000, 1012209432", "-1, 3392380533"})
  void imagesAreTheSameOnEveryMachine(long seed, long expected) {
    Samples images = SyntheticDigits.generate(seed, 500);
    CRC32 crc = new CRC32();
    crc.update(pixels(images));
    for (int label : labels(images)) {
      crc.update(label);
    }
    assertThat(crc.getValue()).isEqualTo(expected);
  }

  @Test
  void oneSeedGivesTheSameImagesAgain() {
    Samples first = SyntheticDigits.generate(7, 60);
    Samples second = SyntheticDigits.generate(7, 60);
    assertThat(pixels(second)).isEqualTo(pixels(first));
    assertThat(labels(second)).isEqualTo(labels(first));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11, 123})
  void smallerSetIsTheHeadOfALargerOne(int count) {
    Samples small = SyntheticDigits.generate(3, count);
    Samples head = SyntheticDigits.generate(3, 200).head(count);
    assertThat(pixels(small)).isEqualTo(pixels(head));
    assertThat(labels(small)).isEqualTo(labels(head));
  }

  @Test
  void everyTenImagesShowEachDigitOnceInVaryingOrder() {
    int[] labels = labels(SyntheticDigits.generate(SyntheticDigits.TEST_SEED, 1_000));
    Set<String> orders = new HashSet<>();
    for (int i = 0; i < labels.length; i += 10) {
      int[] ten = Arrays.copyOfRange(labels, i, i + 10);
      orders.add(Arrays.toString(ten));
      assertThat(ten).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
    assertThat(orders).hasSizeGreaterThan(95);
  }

  @Test
  void everyImageHasInkInsideAndPaperAround() {
    Samples images = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, 2_000);
    byte[] pixels = pixels(images);
    for (int i = 0; i < images.count(); i++) {
      int ink = 0;
      int paper = 0;
      int max = 0;
      for (int p = 0; p < PIXELS; p++) {
        int grey = pixels[i * PIXELS + p] & 0xff;
        ink += grey > 100 ? 1 : 0;
        paper += grey < 20 ? 1 : 0;
        max = Math.max(max, grey);
      }
      assertThat(ink).as("ink of image %d", i).isBetween(15, 400);
      assertThat(paper).as("paper of image %d", i).isGreaterThan(300);
      assertThat(max).as("peak of image %d", i).isGreaterThan(125);
    }
  }

  @Test
  void noTestImageIsATrainingImage() {
    Set<ByteBuffer> training = new HashSet<>();
    Samples train = SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, 10_000);
    for (int i = 0; i < train.count(); i++) {
      training.add(image(train, i));
    }
    Samples test = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, 1_000);
    assertThat(training).hasSize(train.count());
    for (int i = 0; i < test.count(); i++) {
      assertThat(training.contains(image(test, i))).as("test image %d", i).isFalse();
    }
  }

  @Test
  void saysHowManyAreDone() {
    List<Integer> told = new ArrayList<>();
    Samples images = SyntheticDigits.generate(3, 25, told::add);
    assertThat(told).isEqualTo(IntStream.rangeClosed(1, 25).boxed().toList());
    assertThat(pixels(images)).isEqualTo(pixels(SyntheticDigits.generate(3, 25)));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 2_000_001})
  void countOutOfRangeIsNamed(int count) {
    assertThatThrownBy(() -> SyntheticDigits.generate(1, count))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(Integer.toString(count))
        .hasMessageContaining("1..2000000");
  }

  private static ByteBuffer image(Samples images, int i) {
    return ByteBuffer.wrap(pixels(images.range(i, i + 1)));
  }

  private static int[] labels(Samples images) {
    return images.labels().orElseThrow().indices();
  }

  /** The bytes that the values were made of. */
  private static byte[] pixels(Samples images) {
    byte[] pixels = new byte[images.count() * PIXELS];
    float[] row = new float[PIXELS];
    for (int i = 0; i < images.count(); i++) {
      images.input(i, row, 0);
      for (int p = 0; p < PIXELS; p++) {
        pixels[i * PIXELS + p] = (byte) Math.round(255 * row[p]);
      }
    }
    return pixels;
  }
}
