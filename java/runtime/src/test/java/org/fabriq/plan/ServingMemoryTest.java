// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fabriq.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a board must spare: a heap of 64 MiB, less than 150 MiB in all. */
class ServingMemoryTest {
  private static final int IMAGES = 5000;
  private static final long MOST_KILOBYTES = 150 * 1024;

  @Test
  @Timeout(60)
  void aSmallHeapServesTheMlp() throws Exception {
    List<String> command = ChildJvm.command("-Xmx64m", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.addAll(
        List.of(DigitService.class.getName(), "emulation", Integer.toString(IMAGES), "64"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    System.out.printf("all layers i8i8, heap 64 MiB: %s%n", output.replace('\n', ' '));

    Matcher result = Pattern.compile("right (\\d+)\\s+peak (\\d+) kB\\s+").matcher(output);
    assertThat(result.matches()).as(output).isTrue();
    assertThat(Integer.parseInt(result.group(1))).isGreaterThan(IMAGES * 97 / 100);
    assertThat(Long.parseLong(result.group(2))).isLessThan(MOST_KILOBYTES);
  }
}
