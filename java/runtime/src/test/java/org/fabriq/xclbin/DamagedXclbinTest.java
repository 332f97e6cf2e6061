// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

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

/** Whatever the bytes are, the checker gives an xclbin or a format error, and soon. */
class DamagedXclbinTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = XclbinTarget.class,
      names = {"SW_EMU", "HW_EMU"})
  void everyTruncationIsRefused(XclbinTarget target) {
    byte[] whole = TestXclbin.bytes(target, folder);
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "length " + length);
    }
  }

  @Test
  void truncationsWithAFittingHeaderAreRefused() {
    byte[] whole = TestXclbin.bytes(XclbinTarget.HW_EMU, folder);
    for (int length = AxlfLayout.SECTION_HEADERS; length < whole.length; length += 5) {
      byte[] xclbin = Arrays.copyOf(whole, length);
      little(xclbin).putLong(AxlfLayout.LENGTH, length);
      assertRefused(TestXclbin.seal(xclbin), "length " + length);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = XclbinTarget.class,
      names = {"SW_EMU", "HW_EMU"})
  void everyChangedHeaderByteIsRefused(XclbinTarget target) {
    byte[] whole = TestXclbin.bytes(target, folder);
    int end = AxlfLayout.SECTION_HEADERS + 6 * AxlfLayout.HEADER_BYTES;
    for (int at = 0; at < end; at++) {
      for (int change : new int[] {0x01, 0xff}) {
        byte[] xclbin = whole.clone();
        xclbin[at] ^= (byte) change;
        assertRefused(xclbin, "byte %d ^ 0x%x".formatted(at, change));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = XclbinTarget.class,
      names = {"SW_EMU", "HW_EMU"})
  void changesThatKeepTheUuidRightGiveAnXclbinOrAFormatError(XclbinTarget target) {
    byte[] whole = TestXclbin.bytes(target, folder);
    SplittableRandom random = Seed.random("DamagedXclbinTest");
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] xclbin = whole.clone();
      int changes = 1 + random.nextInt(3);
      for (int j = 0; j < changes; j++) {
        xclbin[random.nextInt(xclbin.length)] = (byte) random.nextInt();
      }
      refused += isRefused(TestXclbin.seal(xclbin)) ? 1 : 0;
    }
    assertThat(refused).isBetween(300, 1499);
  }

  @Test
  void wildNumbersInTheHeadersGiveAFormatErrorOrAnXclbin() {
    byte[] whole = TestXclbin.bytes(XclbinTarget.SW_EMU, folder);
    long[] values = {-1, 0, 1, 7, 0x7fffffffL, 0x80000000L, 0xffffffffL, 1L << 33, 1L << 63};
    int end = AxlfLayout.SECTION_HEADERS + 6 * AxlfLayout.HEADER_BYTES;
    for (int at = AxlfLayout.LENGTH; at < end; at += 4) {
      for (long value : values) {
        byte[] xclbin = whole.clone();
        little(xclbin).putLong(at, value);
        isRefused(TestXclbin.seal(xclbin));
      }
    }
  }

  @Test
  void anotherFileIsNamed() {
    Path missing = folder.resolve("missing.xclbin");
    assertThatThrownBy(() -> XclbinChecker.check(missing))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll(missing.toString(), "no such file");
    assertThatThrownBy(() -> XclbinChecker.check(folder))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContaining(folder.toString());
    Path zeros = TestXclbin.write(folder.resolve("zeros.xclbin"), new byte[5000]);
    assertThatThrownBy(() -> XclbinChecker.check(zeros))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll(zeros.toString(), "magic");
  }

  private void assertRefused(byte[] xclbin, String what) {
    if (!isRefused(xclbin)) {
      throw new AssertionError(what + " is taken for sound");
    }
  }

  private boolean isRefused(byte[] xclbin) {
    Path file = folder.resolve("damaged.xclbin");
    long start = System.nanoTime();
    try {
      return XclbinChecker.check(xclbin, file, null).kernels().isEmpty();
    } catch (XclbinFormatException e) {
      assertThat(e.getMessage()).contains(file.toString(), " found, ", " expected; ");
      return true;
    } finally {
      assertThat(System.nanoTime() - start).isLessThan(LIMIT.toNanos());
    }
  }

  private static ByteBuffer little(byte[] xclbin) {
    return ByteBuffer.wrap(xclbin).order(ByteOrder.LITTLE_ENDIAN);
  }
}
