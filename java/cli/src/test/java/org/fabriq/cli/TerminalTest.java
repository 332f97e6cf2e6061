// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a terminal every line of the results stays, and nothing of the bars. */
@Timeout(120)
class TerminalTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100 | images | infer --images 2000 --show 50",
        "60  | images | infer --images 500 --show 3 --variant f32i8",
        "100 | word lengths | sweep --images 200 --calibrate 100",
        "100 | schemes | sweep --images 200 --calibrate 100 --scheme per-channel:{},mse --bits 3,4"
            + " --pass bias --json FOLDER/sweep.json",
        "100 | latency | latency --batches 1,4,16 --samples 5 --seconds 0.05 --against cpu:java",
        "200 | latency | latency --batches 1,4 --samples 5 --seconds 0.05 --kernels i8i8",
        "100 | f32i8 images | compare --images 500 --samples 5 --json FOLDER/compare.json",
      })
  void everyLineStays(int columns, String task, String arguments) throws Exception {
    TerminalRun run = TerminalRun.of(folder, columns, words(arguments));
    assertThat(run.exitCode()).as(run.sent()).isZero();
    assertThat(run.hadBar(task)).as(run.sent()).isTrue();
    assertThat(run.resultLines()).isNotEmpty();
    assertThat(run.picture().lines()).isEqualTo(run.resultLines());
    assertThat(run.picture().column()).isZero();
  }

  @Test
  void aPipeGetsTheSame() throws Exception {
    String command = "infer --images 600 --show 40";
    TerminalRun run = TerminalRun.of(folder, 100, words(command));
    CommandRun pipe = CommandRun.of(command.split(" "));
    assertThat(run.results()).isEqualTo(pipe.out());
    assertThat(pipe.err()).isEmpty();
  }

  private List<String> words(String arguments) {
    return new ArrayList<>(
        Arrays.asList(arguments.replace("FOLDER", folder.toString()).split(" ")));
  }
}
