// SPDX-License-Identifier: Apache-2.0
package org.fabriq.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bytes are, the checker gives an image or a format error, and soon. */
class DamagedImageTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = ImageTarget.class,
      names = {"SW_EMU", "HW_EMU"})
  void everyTruncationIsRefused(ImageTarget target) {
    byte[] whole = TestImage.bytes(target, folder);
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "length " + length);
    }
  }

  @Test
  void truncationsWithAFittingHeaderAreRefused() {
    byte[] whole = TestImage.bytes(ImageTarget.HW_EMU, folder);
    for (int length = AxlfLayout.SECTION_HEADERS; length < whole.length; length += 5) {
      byte[] image = Arrays.copyOf(whole, length);
      little(image).putLong(AxlfLayout.LENGTH, length);
      assertRefused(TestImage.seal(image), "length " + length);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ImageTarget.class,
      names = {"SW_EMU", "HW_EMU"})
  void everyChangedHeaderByteIsRefused(ImageTarget target) {
    byte[] whole = TestImage.bytes(target, folder);
    int end = AxlfLayout.SECTION_HEADERS + 6 * AxlfLayout.HEADER_BYTES;
    for (int at = 0; at < end; at++) {
      for (int change : new int[] {0x01, 0xff}) {
        byte[] image = whole.clone();
        image[at] ^= (byte) change;
        assertRefused(image, "byte %d ^ 0x%x".formatted(at, change));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ImageTarget.class,
      names = {"SW_EMU", "HW_EMU"})
  void changesThatKeepTheUuidRightGiveAnImageOrAFormatError(ImageTarget target) {
    byte[] whole = TestImage.bytes(target, folder);
    SplittableRandom random = Seed.random("DamagedImageTest");
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] image = whole.clone();
      int changes = 1 + random.nextInt(3);
      for (int j = 0; j < changes; j++) {
        image[random.nextInt(image.length)] = (byte) random.nextInt();
      }
      refused += isRefused(TestImage.seal(image)) ? 1 : 0;
    }
    assertThat(refused).isBetween(300, 1499);
  }

  @Test
  void wildNumbersInTheHeadersGiveAFormatErrorOrAnImage() {
    byte[] whole = TestImage.bytes(ImageTarget.SW_EMU, folder);
    long[] values = {-1, 0, 1, 7, 0x7fffffffL, 0x80000000L, 0xffffffffL, 1L << 33, 1L << 63};
    int end = AxlfLayout.SECTION_HEADERS + 6 * AxlfLayout.HEADER_BYTES;
    for (int at = AxlfLayout.LENGTH; at < end; at += 4) {
      for (long value : values) {
        byte[] image = whole.clone();
        little(image).putLong(at, value);
        isRefused(TestImage.seal(image));
      }
    }
  }

  @Test
  void anotherFileIsNamed() {
    Path missing = folder.resolve("missing.xclbin");
    assertThatThrownBy(() -> ImageChecker.check(missing))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContainingAll(missing.toString(), "no such file");
    assertThatThrownBy(() -> ImageChecker.check(folder))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining(folder.toString());
    Path zeros = TestImage.write(folder.resolve("zeros.xclbin"), new byte[5000]);
    assertThatThrownBy(() -> ImageChecker.check(zeros))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContainingAll(zeros.toString(), "magic");
  }

  private void assertRefused(byte[] image, String what) {
    if (!isRefused(image)) {
      throw new AssertionError(what + " is taken for sound");
    }
  }

  private boolean isRefused(byte[] image) {
    Path file = folder.resolve("damaged.xclbin");
    long start = System.nanoTime();
    try {
      return ImageChecker.check(image, file, null).kernels().isEmpty();
    } catch (ImageFormatException e) {
      assertThat(e.getMessage()).contains(file.toString(), " found, ", " expected; ");
      return true;
    } finally {
      assertThat(System.nanoTime() - start).isLessThan(LIMIT.toNanos());
    }
  }

  private static ByteBuffer little(byte[] image) {
    return ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
  }
}
