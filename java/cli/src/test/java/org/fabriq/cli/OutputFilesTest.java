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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No command writes over a file that it reads, or two results into one file, or where it cannot.
 */
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
        "latency --networks F/a.npz,F/net.npz --json F/net.json",
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

  /** Samples are not drawn, and nothing is measured, for a result that has no place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quantize --out F/d.npz | F/d.npz is a folder; name a file",
        "quantize --out F/e.npz | F/e.json is a folder",
        "quantize --out F/none/q.npz | folder F/none does not exist; make it or choose another",
        "quantize --out F/q.npz --json F/d.npz | --json F/d.npz: F/d.npz is a folder",
        "import F/m.onnx --out F/d.npz | F/d.npz is a folder",
        "export F/net.npz --out F/d.onnx | F/d.onnx is a folder",
        "infer --out F/p.csv | F/p.csv is a folder",
        "infer --out F/net.npz/p.csv | folder F/net.npz does not exist",
        "compare --json F/d.npz | F/d.npz is a folder",
        "latency --csv F/none/l.csv | --csv F/none/l.csv: folder F/none does not exist",
        "sweep --json F/none/s.json | folder F/none does not exist",
        "completion --out F/d.npz | F/d.npz is a folder",
        "xclbin build --target sw_emu --out F/none/k.xclbin | folder F/none does not exist",
        "compare --device xrt:hw_emu --trace F/none/k.fst | --trace F/none/k.fst: folder F/none"
      })
  void aPlaceWhereNoFileCanBeIsFoundBeforeAnyWork(String line, String reason) throws IOException {
    for (String name : new String[] {"d.npz", "e.json", "d.onnx", "p.csv"}) {
      Files.createDirectories(folder.resolve(name));
    }
    CommandRun run = CommandRun.of(line.replace("F/", folder + "/").split(" "));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).contains(reason.replace("F/", folder + "/")).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("q.npz")).doesNotExist();
    assertThat(folder.resolve("e.npz")).doesNotExist();
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
