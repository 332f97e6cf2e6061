// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultXclbinsTest {
  private static final int CLOCK = XclbinBuilder.DEFAULT_CLOCK_MHZ;

  private static final String PROPERTY = "fabriq.cache";

  @TempDir private Path folder;
  private String before;
  private Path payload;

  @BeforeEach
  void useOwnCache() {
    before = System.getProperty(PROPERTY);
    System.setProperty(PROPERTY, folder.resolve("cache").toString());
    payload = TestXclbin.payload(folder);
  }

  @AfterEach
  void restoreCache() {
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }

  @Test
  void isBuiltOnce() throws IOException {
    Path xclbin = DefaultXclbins.get(XclbinTarget.SW_EMU, 2, payload, CLOCK);
    assertThat(xclbin).startsWith(folder.resolve("cache"));
    XclbinContent info = XclbinChecker.check(xclbin, XclbinTarget.SW_EMU);
    assertThat(info.manifest()).isNotNull();
    assertThat(info.kernels())
        .hasSize(KernelDescriptor.all().size())
        .allMatch(kernel -> kernel.instances().size() == 2);
    FileTime old = FileTime.fromMillis(0);
    Files.setLastModifiedTime(xclbin, old);
    assertThat(DefaultXclbins.get(XclbinTarget.SW_EMU, 2, payload, CLOCK)).isEqualTo(xclbin);
    assertThat(Files.getLastModifiedTime(xclbin)).isEqualTo(old);
  }

  @Test
  void isBuiltAgainWhenDamaged() throws IOException {
    Path xclbin = DefaultXclbins.get(XclbinTarget.HW_EMU, 1, payload, CLOCK);
    byte[] whole = Files.readAllBytes(xclbin);
    byte[] changed = whole.clone();
    changed[changed.length - 1]++;
    for (byte[] damaged : new byte[][] {{}, Arrays.copyOf(whole, 4000), changed}) {
      Files.write(xclbin, damaged);
      assertThat(DefaultXclbins.get(XclbinTarget.HW_EMU, 1, payload, CLOCK))
          .hasBinaryContent(whole);
    }
  }

  @Test
  void differsByWhatGoesIntoIt() {
    byte[] other = TestXclbin.elf();
    other[150]++;
    Path otherPayload = TestXclbin.write(folder.resolve("other"), other);
    assertThat(
            Stream.of(
                DefaultXclbins.get(XclbinTarget.SW_EMU, 1, payload, CLOCK),
                DefaultXclbins.get(XclbinTarget.SW_EMU, 2, payload, CLOCK),
                DefaultXclbins.get(XclbinTarget.HW_EMU, 1, payload, CLOCK),
                DefaultXclbins.get(XclbinTarget.SW_EMU, 1, otherPayload, CLOCK)))
        .doesNotHaveDuplicates();
  }

  @Test
  void manyAtOnceGiveOne() throws IOException {
    assertThat(
            IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> DefaultXclbins.get(XclbinTarget.SW_EMU, 1, payload, CLOCK))
                .distinct())
        .hasSize(1);
    try (Stream<Path> files = Files.list(folder.resolve("cache/xclbins"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void wrongInputIsNamed() {
    Path missing = folder.resolve("missing.so");
    assertThatThrownBy(() -> DefaultXclbins.get(XclbinTarget.SW_EMU, 1, missing, CLOCK))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> DefaultXclbins.get(XclbinTarget.SW_EMU, 9, payload, CLOCK))
        .isInstanceOf(InvalidArgumentException.class);
    System.setProperty(PROPERTY, payload.toString());
    assertThatThrownBy(() -> DefaultXclbins.get(XclbinTarget.SW_EMU, 1, payload, CLOCK))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContaining("-Dfabriq.cache");
  }
}
