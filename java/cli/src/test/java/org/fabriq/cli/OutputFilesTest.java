// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.model.ShippedModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command writes over a file that it reads, or two results into one file. */
class OutputFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeInputs() throws IOException {
    ShippedModel.DIGITS.network().write(folder.resolve("net.npz"));
    Files.writeString(folder.resolve("d.csv"), "1,2,0\n3,4,1\n");
    Files.writeString(folder.resolve("latency.json"), "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "infer --weights F/net.npz --out F/net.json",
        "infer --weights F/net.json --out F/net.npz",
        "infer --data F/d.csv --out F/d.csv",
        "infer --data F/d.csv --out F/./d.csv",
        "infer --data F/d.npy --labels F/l.npy --out F/l.npy",
        "compare --weights F/net.npz --json F/net.json",
        "quantize --weights F/net.npz --out F/net.npz",
        "quantize --weights F/net.npz --out F/net.json",
        "quantize --out F/q.npz --json F/q.json",
        "quantize --out F/q.npz --json F/q.npz",
        "import F/net.npz --out F/net.npz",
        "break-even --from F/latency.json --json F/latency.json"
      })
  void isRefusedBeforeAnyWork(String line) throws IOException {
    String before = Files.readString(folder.resolve("net.json"));
    CommandRun run = CommandRun.of(line.replace("F", folder.toString()).split(" "));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).contains("would be written over", "name another file").hasLineCount(1);
    assertThat(Files.readString(folder.resolve("net.json"))).isEqualTo(before);
    assertThat(folder.resolve("q.npz")).doesNotExist();
  }

  @Test
  void filesOfOtherNamesAreWritten() {
    CommandRun run =
        CommandRun.of(
            "quantize --weights F/net.npz --out F/q.npz --json F/r.json --images 20 --calibrate 20"
                .replace("F", folder.toString())
                .split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("r.json")).exists();
  }
}
