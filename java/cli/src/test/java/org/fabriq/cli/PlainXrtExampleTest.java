// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fabriq.testing.ChildJvm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/xrt-emulation.md, as they stand there. */
@Timeout(180)
class PlainXrtExampleTest {
  private static final Path ROOT =
      Path.of(System.getProperty("fabriq.shapes")).resolve("../../..").normalize();

  @TempDir private Path folder;

  @BeforeAll
  static void requireXrt() {
    assumeTrue(
        Files.exists(Path.of("/usr/include/xrt/xrt/xrt_device.h")),
        "skipped: libxrt-dev is not installed");
  }

  @Test
  void thePageIsTrue() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/xrt-emulation.md"));
    Matcher block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).isTrue();
    for (String name : List.of("examples", "native")) {
      Files.createSymbolicLink(folder.resolve(name), ROOT.resolve(name));
    }
    String output = "";
    for (String line : block.group(1).split("\n")) {
      output = run(line.replace("scripts/fabriq ", fabriq() + " "));
    }
    assertThat(page).contains("prints `" + output.strip() + "`");
    assertThat(output.strip()).isEqualTo("1000 sums, 0 wrong");
  }

  @Test
  void theProgramsExitCodeIsTheCommands() throws Exception {
    Process missing =
        new ProcessBuilder("sh", "-c", fabriq() + " emulate sw_emu -- sh -c 'exit 42'").start();
    assertThat(missing.waitFor()).isEqualTo(42);
  }

  private static String fabriq() {
    return ChildJvm.quoted(ChildJvm.command()) + " " + FabriqCommand.class.getName();
  }

  private String run(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
    return output;
  }
}
