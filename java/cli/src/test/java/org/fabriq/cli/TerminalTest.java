// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.bridge.Fabriq;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a terminal every line of the results stays, and nothing of the bars. */
@Tag("long")
@Timeout(120)
class TerminalTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.fabriq.cli.TerminalCase#all")
  void everyLineStays(TerminalCase command) throws Exception {
    TerminalRun run = TerminalRun.of(folder, command.columns(), command.prepare(folder));
    assertThat(run.exitCode()).as(run.sent()).isZero();
    assertThat(command.bars()).as(run.sent()).allMatch(run::hadBar);
    if (command.bars().isEmpty()) {
      assertThat(run.sent()).doesNotContain("\033[K");
    }
    assertIntact(run);
  }

  /** What the program prints does not pass through this command's own standard output. */
  @Test
  void anEmulatedProgramHasTheTerminal() throws Exception {
    assumeTrue(
        Fabriq.class.getResource("linux-x86_64/libxrt_swemu.so.2") != null,
        "skipped: this build has no XRT emulation");
    List<String> program = List.of("sh", "-c", "test -t 1 && seq 3 && echo end >&2; exit 42");
    List<String> arguments = new ArrayList<>(List.of("emulate", "sw_emu", "--"));
    arguments.addAll(program);
    TerminalRun run = TerminalRun.of(folder, 100, arguments);
    assertThat(run.exitCode()).as(run.sent()).isEqualTo(42);
    assertThat(run.picture().lines()).containsExactly("1", "2", "3", "end");
    assertThat(run.results()).isEmpty();
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
        "quantize --form integer --scales accumulated --images 50 --calibrate 50 --device cpu:java"
            + " --out ";
    TerminalRun run = TerminalRun.of(folder, 100, List.of(words(arguments + "FOLDER/graph.npz")));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.hadBar("fp32 images")).isTrue();
    List<String> lines = run.picture().lines();
    assertThat(lines.subList(0, lines.size() - 1)).isEqualTo(run.resultLines());
    assertThat(lines.get(lines.size() - 1)).startsWith("fabriq: ").contains("per tensor");
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
