// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a terminal every line of the results stays, and nothing of the bars. */
@Tag("long")
@Timeout(120)
class TerminalTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60  | images | infer --images 500 --show 3 --variant f32i8",
        "100 | word lengths | sweep --images 200 --calibrate 100",
        "100 | schemes | sweep --images 200 --calibrate 100 --scheme per-channel:{},mse --bits 3,4"
            + " --device cpu:java --pass bias --json FOLDER/sweep.json",
        "100 | latency | latency --batches 1,4,16 --samples 5 --seconds 0.05 --against cpu:java",
        "200 | latency | latency --batches 1 --device cpu:java --against cpu:java --samples 5",
        "100 | f32i8 images | compare --images 500 --samples 5 --json FOLDER/compare.json",
      })
  void everyLineStays(int columns, String task, String arguments) throws Exception {
    run(columns, task, arguments);
  }

  /** Runs a command, which must have had a bar of a task. */
  private TerminalRun run(int columns, String task, String arguments) throws Exception {
    TerminalRun run = TerminalRun.of(folder, columns, List.of(words(arguments)));
    assertThat(run.exitCode()).as(run.sent()).isZero();
    assertThat(run.hadBar(task)).as(run.sent()).isTrue();
    assertIntact(run);
    return run;
  }

  /** Commands that are done at once have no bar. */
  @ParameterizedTest
  @ValueSource(strings = {"rounding", "devices", "doctor", "resources"})
  void everyLineStaysWithoutABar(String arguments) throws Exception {
    TerminalRun run = TerminalRun.of(folder, 100, List.of(words(arguments)));
    assertThat(run.sent()).doesNotContain("\033[K");
    assertIntact(run);
  }

  @Test
  void everyLineOfAQuantizationStays() throws Exception {
    String passes = "adaround,gptq,bias --iterations 60";
    String arguments =
        "quantize --out FOLDER/q.npz --images 300 --calibrate 200 --device cpu:java --pass "
            + passes;
    TerminalRun run = run(100, "adaround", arguments + " --json FOLDER/q.json");
    assertThat(run.hadBar("fp32 images")).isTrue();
    assertThat(run.hadBar("images")).isTrue();
    assertThat(run.hadBar("gptq")).isTrue();
  }

  @Test
  void everyLineOfAReportStays() throws Exception {
    String parts = "";
    for (String command :
        List.of(
            "compare --images 20 --calibrate 20 --samples 1",
            "sweep --images 20 --calibrate 20",
            "latency --batches 1,64 --samples 2 --seconds 0.02 --against cpu:java")) {
      String name = command.substring(0, command.indexOf(' '));
      CommandRun.of(words(command + " --json FOLDER/" + name));
      parts += " --%s FOLDER/%s".formatted(name, name);
    }
    CommandRun.of(words("break-even --from FOLDER/latency --json FOLDER/even"));
    String counted = " --cycles-device emulation --break-even FOLDER/even";
    run(100, "latency", "report --folder FOLDER/report" + counted + parts);
  }

  /** Ends it after some rows: all of them would take long. */
  @Test
  void everyLineOfTheLimitsStays() throws Exception {
    String data = MnistTest.requireMnist();
    String arguments = "sweep --limits --images 100 --calibrate 64 --data " + data;
    TerminalRun run = interrupted(arguments, "gptq");
    assertThat(run.hadBar("fp32 images")).isTrue();
    assertThat(run.resultLines()).hasSizeBetween(5, 6);
  }

  @Test
  void anInterruptLeavesWholeLines() throws Exception {
    TerminalRun run = interrupted("sweep --images 10000 --calibrate 5000", "word lengths");
    assertThat(run.resultLines()).hasSizeBetween(6, 13);
  }

  /** Presses Ctrl-C below the heading of a table, while the bar of a task is up. */
  private TerminalRun interrupted(String arguments, String task) throws Exception {
    TerminalRun run =
        TerminalRun.of(
            folder,
            100,
            List.of(words(arguments)),
            "",
            sent ->
                sent.contains("fp32")
                    && sent.lastIndexOf("\r" + task) > sent.lastIndexOf('\n')
                    && sent.endsWith(") \033[K"));
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.picture().lines().stream().map(line -> line.replace("^C", "")))
        .containsExactlyElementsOf(run.resultLines());
    return run;
  }

  @Test
  void anErrorIsALineOfItsOwn() throws Exception {
    String arguments =
        "quantize --form graph --layers 1 --images 50 --calibrate 50 --device cpu:java --out ";
    TerminalRun run = TerminalRun.of(folder, 100, List.of(words(arguments + "FOLDER/graph.npz")));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.hadBar("fp32 images")).isTrue();
    List<String> lines = run.picture().lines();
    assertThat(lines.subList(0, lines.size() - 1)).isEqualTo(run.resultLines());
    assertThat(lines.get(lines.size() - 1)).startsWith("fabriq: ").contains("fc2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"> FOLDER/out.txt", "2> FOLDER/err.txt", "| cat"})
  void noBarWhereAStreamGoesElsewhere(String redirection) throws Exception {
    String arguments = "latency --batches 1 --device cpu:java --against cpu:java --samples 5";
    TerminalRun run =
        TerminalRun.of(
            folder,
            100,
            List.of(words(arguments)),
            redirection.replace("FOLDER", folder.toString()),
            sent -> false);
    assertThat(run.resultLines()).hasSizeGreaterThan(10);
    assertThat(run.hadBar("latency")).isFalse();
    assertThat(run.sent()).doesNotContain("\033");
    for (String file : List.of("out.txt", "err.txt")) {
      if (Files.exists(folder.resolve(file))) {
        assertThat(folder.resolve(file)).content().doesNotContain("\r", "\033");
      }
    }
  }

  @Test
  void aPipeGetsTheSame() throws Exception {
    String[] command = words("infer --images 600 --show 40 --device reference");
    TerminalRun run = TerminalRun.of(folder, 100, List.of(command));
    CommandRun pipe = CommandRun.of(command);
    assertThat(run.results()).isEqualTo(pipe.out());
    assertThat(pipe.err()).isEmpty();
    assertThat(run.hadBar("images")).isTrue();
    assertIntact(run);
  }

  private static void assertIntact(TerminalRun run) {
    assertThat(run.resultLines()).isNotEmpty();
    assertThat(run.picture().lines()).isEqualTo(run.resultLines());
    assertThat(run.picture().column()).isZero();
  }

  private String[] words(String arguments) {
    return arguments.replace("FOLDER", folder.toString()).split(" ");
  }
}
