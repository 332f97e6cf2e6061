// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a watch observes of this machine. */
class NoiseWatchTest {
  private static final long SECOND = 1_000_000_000;

  @ParameterizedTest
  @CsvSource({
    "'cpu  10 20 30 1000 2000 4 5 6 7 8', 750",
    "'cpu  0 0 0 0 0 0 0 0', 0",
    "'cpu0 1 2 3 4 5 6 7 8 9 10', -1",
    "'cpu  1 2 3', -1",
    "'', -1"
  })
  void busyTicksAreAllButIdleAndWaiting(String line, long milliseconds) {
    long busy = OtherPrograms.busy(line);
    assertThat(busy).isEqualTo(milliseconds < 0 ? -1 : milliseconds * 1_000_000);
  }

  @Test
  void othersAreWhatIsBusyWithoutUs() {
    OtherPrograms start = new OtherPrograms(0, 100 * SECOND, 7 * SECOND);
    assertThat(start.until(new OtherPrograms(2 * SECOND, 103 * SECOND, 8 * SECOND))).hasValue(1);
    assertThat(start.until(new OtherPrograms(2 * SECOND, 101 * SECOND, 9 * SECOND))).hasValue(0);
    assertThat(start.until(new OtherPrograms(SECOND / 10, 101 * SECOND, 7 * SECOND)))
        .as("too short to tell")
        .isEmpty();
  }

  @Test
  void aShortWatchWaitsUntilTheSystemCanTell() {
    Optional<OtherPrograms> before = OtherPrograms.now();
    assumeTrue(before.isPresent(), "skipped: the system has no /proc/stat");
    assertThat(before.get().own()).isPositive();
    NoiseWatch watch = new NoiseWatch();
    long start = System.nanoTime();
    watch.judge(500);
    assertThat(before.get().until(OtherPrograms.now().orElseThrow())).isPresent();
    assertThat(System.nanoTime() - start).isLessThan(5 * SECOND);
  }

  @Test
  void busyProgramsAreSeenHoweverShortTheMeasurement() throws Exception {
    assumeTrue(OtherPrograms.now().isPresent(), "skipped: the system has no /proc/stat");
    List<ProcessHandle> loops = new ArrayList<>();
    try {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        loops.add(busyProgram());
      }
      NoiseWatch watch = new NoiseWatch();
      assertThat(watch.judge(1).findings())
          .anyMatch(finding -> finding.matches("other programs took \\d+ % of a processor"))
          .contains("1 sample, fewer than 30");
    } finally {
      loops.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** A program that is no child of this process, whose own time that would be; for 20 s at most. */
  private static ProcessHandle busyProgram() throws IOException {
    String loop = "(ulimit -t 20; exec sh -c 'while :; do :; done') >/dev/null 2>&1 & echo $!";
    Process shell = new ProcessBuilder("sh", "-c", loop).start();
    String pid = new String(shell.getInputStream().readAllBytes(), US_ASCII).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }
}
