// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fabriq.kernel.KernelType;
import org.fabriq.runtime.EmulationModel;
import org.fabriq.xclbin.XclbinTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --trace} and {@code --trace-limit}. */
class TraceOptionTest {
  private static final int HEADER_BYTES = 330;

  @TempDir private Path folder;

  private Path header(String text) throws IOException {
    byte[] header = new byte[HEADER_BYTES];
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, 74, bytes.length);
    return Files.write(folder.resolve("a.fst"), header);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "24207 cycles, 3 calls, limited | holds the first 24,207 cycles (3 calls), 0.0 MB of at"
            + " most 8M; --trace-limit allows more",
        "7 cycles, 1 calls, whole | holds all 7 cycles (1 call), 0.0 MB",
      })
  void aFileSaysHowFarItGot(String header, String text) throws IOException {
    Path file = header("fabriq: " + header);
    assertThat(TraceFile.read(file).orElseThrow().text("8M")).isEqualTo(file + " " + text);
  }

  @Test
  void otherFilesSayNothing() throws IOException {
    assertThat(TraceFile.read(header("Verilator"))).isEmpty();
    assertThat(TraceFile.read(header("fabriq: 7 cycles, 1 calls, half"))).isEmpty();
    Path file = header("fabriq: 7 cycles, 1 calls, whole");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
    assertThat(TraceFile.read(file)).isEmpty();
    assertThat(TraceFile.read(folder.resolve("none"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1600, '0.0 MB with i8i8'",
    "10000000, '9.5 MB with i8i8'",
    "78000000, '74 MB with i8i8'",
    "1400000000, '1,335 MB with i8i8'"
  })
  void sizesAreReadAtAGlance(double bytes, String text) {
    assertThat(new TraceSize(KernelType.I8I8, bytes)).hasToString(text);
  }

  @Test
  void inferSaysTheSizeBeforeAndTheEndAfter() throws Exception {
    assumeTrue(
        EmulationModel.preferred(XclbinTarget.HW_EMU) == EmulationModel.RTL,
        "skipped: this build has no simulator");
    Path file = folder.resolve("kernels.fst");
    CommandRun run =
        CommandRun.inOwnProcess(
            ("infer --device xrt:hw_emu --images 320 --show 0 --trace-limit 20M --trace " + file)
                .split(" "));
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out())
        .startsWith(
            "trace    %s, at most 20M; one batch takes about 13 MB with i8i8%nmodel "
                .formatted(file))
        .contains("accuracy 9")
        .containsPattern(
            "\ntrace    %s holds the first [\\d,]+ cycles \\(2 calls\\), [\\d.]+ MB of at most 20M; "
                    .formatted(file)
                + "--trace-limit allows more\n$");
    assertThat(Files.size(file)).isBetween(15L << 20, 20L << 20);
  }
}
