// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script in the shells that it is for. */
class CompletionTest {
  /** Keys that are pressed behind {@code fabriq}, and the words that the command gets. */
  private static final List<List<String>> KEYS =
      List.of(
          List.of("completi\t", "[completion]"),
          List.of("xcl\tbu\t--targ\thw_\t", "[xclbin][build][--target][hw_emu]"),
          List.of("compare --dev\tcpu:ja\t--verb\t", "[compare][--device][cpu:java][--verbose]"),
          List.of("compare --device xrt:h\t", "[compare][--device][xrt:hw_emu]"),
          List.of("infer --device=cpu:j\t", "[infer][--device=cpu:java]"),
          List.of("compare --variants f32f32,i8\t", "[compare][--variants][f32f32,i8i8]"),
          List.of("sweep --pass cle,adaround,g\t", "[sweep][--pass][cle,adaround,gptq]"),
          List.of(
              "quantize --scheme fix\t8,6 --form int\t",
              "[quantize][--scheme][fixed:8,6][--form][integer]"),
          List.of(
              "infer --activation si\t--variant f32i\t",
              "[infer][--activation][sigmoid][--variant][f32i8]"),
          List.of("latency --kernels i\t", "[latency][--kernels][i8i8]"),
          List.of("xclbin build --kernels matmul_i\t", "[xclbin][build][--kernels][matmul_i8i8]"),
          List.of(
              "resources --part xck\t--no\tsub\tker\t",
              "[resources][--part][xck26][--no-lab][sub/kernels.xclbin]"),
          List.of(
              "xclbin verify sub/k\t--target hw\t",
              "[xclbin][verify][sub/kernels.xclbin][--target][hw]"),
          List.of("infer --launch net\t", "[infer][--launch][network]"),
          List.of("plan --target zy\t", "[plan][--target][zynq]"),
          List.of("infer --weights=sub/k\t", "[infer][--weights=sub/kernels.xclbin]"));

  @TempDir private Path folder;

  private static String script() {
    CommandRun run = CommandRun.of("completion");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  @Timeout(60)
  void completesWhatIsTyped(String shell) throws Exception {
    assumeTrue(
        ShellSession.isInstalled(shell), shell + " is not installed; apt-get install " + shell);
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/kernels.xclbin"), "");
    try (ShellSession session = new ShellSession(shell, folder, script())) {
      for (List<String> keys : KEYS) {
        assertThat(session.complete(keys.get(0))).as(keys.get(0)).isEqualTo(keys.get(1));
      }
    }
  }

  static Stream<String> commands() {
    return HelpTest.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void offersAllOptionsAndSubcommands(String name) throws Exception {
    CommandLine command = HelpTest.command(name);
    assertThat(offered(name + " --"))
        .containsExactlyInAnyOrderElementsOf(
            command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList());
    if (!command.getSubcommands().isEmpty()) {
      assertThat(offered(name + " ")).containsExactlyElementsOf(command.getSubcommands().keySet());
    }
  }

  /** What bash's completion function gives for the last word of a line. */
  private List<String> offered(String line) throws IOException, InterruptedException {
    Path script = folder.resolve("fabriq.sh");
    Files.writeString(script, script());
    String question =
        "source '%s' && COMP_LINE='%s' && IFS=' ' read -ra COMP_WORDS <<<\"$COMP_LINE\""
                .formatted(script, line)
            + (line.endsWith(" ") ? " && COMP_WORDS+=('')" : "")
            + "; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _fabriq; printf '%s\\n"
            + "' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", question)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).isZero();
    return answer.lines().toList();
  }

  @Test
  void isWrittenToAFile() throws IOException {
    Path file = folder.resolve("fabriq.sh");
    CommandRun run = CommandRun.of("completion", "--out", file.toString());
    assertThat(run.out()).isEqualTo("written: %s%n".formatted(file));
    assertThat(Files.readString(file)).isEqualTo(script());
    CommandRun wrong = CommandRun.of("completion", "--out", folder + "/nowhere/fabriq.sh");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(wrong.err()).contains("nowhere does not exist; make it");
  }
}
