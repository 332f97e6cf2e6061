// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fabriq xclbin pack} and {@code describe}. */
class BoardXclbinCommandTest {
  @TempDir private Path folder;
  private Path xclbin;
  private Path bitstream;

  @BeforeEach
  void writeBitstream() throws IOException {
    xclbin = folder.resolve("a.xclbin");
    bitstream = folder.resolve("a.bit");
    Files.write(bitstream, new byte[] {0, 9, (byte) 0xaa, (byte) 0x99, 0x55, 0x66});
  }

  private CommandRun pack(String option, String value) {
    List<String> options =
        new ArrayList<>(
            List.of("--bitstream", bitstream.toString(), "--platform", "fabriq_pynq-z2"));
    options.addAll(List.of("--kernels", "matmul_f32i8,matmul_i8i8", "--base", "0x40000000"));
    options.addAll(List.of("--memory", "512", "--clock", "100", "--tool", "vivado=2024.2"));
    options.addAll(List.of("--out", xclbin.toString()));
    if (option != null) {
      options.set(options.indexOf(option) + 1, value);
    }
    options.addAll(0, List.of("xclbin", "pack"));
    return CommandRun.of(options.toArray(String[]::new));
  }

  @Test
  void aPackedXclbinIsSoundAndCanBeDescribedAgain() throws IOException {
    CommandRun pack = pack(null, null);
    assertThat(pack.exitCode()).as(pack.err()).isZero();
    assertThat(pack.out()).contains(": hw, ", "a.xclbin.json");
    CommandRun info = CommandRun.of("xclbin", "info", xclbin.toString());
    assertThat(info.out())
        .contains("hw on fabriq_pynq-z2", "100 MHz", "PSDDR", "vivado=2024.2")
        .contains("matmul_f32i8_1 at 0x40000000", "matmul_i8i8_1 at 0x40010000");
    Files.writeString(folder.resolve("a.xclbin.json"), "of another xclbin");
    CommandRun describe = CommandRun.of("xclbin", "describe", "--tool", "v++=1", xclbin.toString());
    assertThat(describe.exitCode()).as(describe.err()).isZero();
    assertThat(describe.out()).contains("hw on fabriq_pynq-z2, 100 MHz");
    CommandRun verify = CommandRun.of("xclbin", "verify", "--target", "hw", xclbin.toString());
    assertThat(verify.out()).contains("contract matches, manifest matches");
  }

  @ParameterizedTest
  @CsvSource({
    "--bitstream, no.bit, no.bit",
    "--platform, a b, a b",
    "--kernels, matmul_i4, matmul_i4",
    "--kernels, 'matmul_i8i8,matmul_i8i8', each once",
    "--base, 1x, 0x40000000",
    "--base, 0x40000001, 0x10000",
    "--memory, 0, memory in MiB 0",
    "--clock, 2000, 1 to 1000",
  })
  void wrongInputIsNamed(String option, String value, String named) {
    CommandRun run = pack(option, value);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
    assertThat(run.err()).contains(named);
    assertThat(xclbin).doesNotExist();
  }
}
