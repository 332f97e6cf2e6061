// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fabriq.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What the command takes on a board: a heap of 64 MiB, less than 164 MiB in all. */
@Timeout(120)
class CommandMemoryTest {
  private static final long MOST_KILOBYTES = 164 * 1024;

  @Test
  void inferServesAllDigitsInASmallHeapWithoutTheOpponents() throws Exception {
    Matcher result = run("-Xmx64m", "infer");
    assertThat(result.group("last")).contains("of 10,000 right, accuracy 9");
    assertThat(result.group("loaded")).isEmpty();
    assertThat(Long.parseLong(result.group("peak"))).isLessThan(MOST_KILOBYTES);
  }

  @Test
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
  void compareLoadsTheOpponents() throws Exception {
    Matcher result = run("-Xmx64m", "compare", "--images", "64", "--samples", "1");
    assertThat(result.group("loaded")).isEqualTo("dnnl, openblas, onnxruntime");
  }

  private static Matcher run(String... arguments) throws Exception {
    List<String> command =
        ChildJvm.command(arguments[0], "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.add(CommandMemory.class.getName());
    command.addAll(List.of(arguments).subList(1, arguments.length));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    System.out.printf("%s, heap 64 MiB: %s%n", arguments[1], output.replace('\n', ' '));
    Matcher result =
        Pattern.compile(
                "(?<last>.*)\\Rpeak (?<peak>\\d+) kB\\Rloaded \\[(?<loaded>.*)]\\R", Pattern.DOTALL)
            .matcher(output);
    assertThat(result.matches()).as(output).isTrue();
    return result;
  }
}
