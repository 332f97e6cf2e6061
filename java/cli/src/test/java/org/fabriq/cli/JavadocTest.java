// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/javadoc.sh, on the JDK that runs the tests. */
class JavadocTest {
  @TempDir private Path folder;

  @Test
  void allPublicModulesAreDocumentedWithoutAWarning() throws Exception {
    Path pages = folder.resolve("pages");
    String printed =
        run(0, "--class-path", System.getProperty("java.class.path"), "--folder", pages.toString());
    assertThat(printed.lines())
        .containsExactly("javadoc.sh: " + pages.toRealPath().resolve("index.html"));
    assertThat(Files.readString(pages.resolve("index.html")))
        .contains("fabriq-core", "fabriq-ptq", "fabriq-runtime", "fabriq-report");
    assertThat(pages.resolve("org/fabriq/plan/NetworkPlan.html")).isRegularFile();
    assertThat(pages.resolve("org/fabriq/bridge")).doesNotExist();
  }

  @Test
  void wrongArgumentsAreRefused() throws Exception {
    assertThat(run(2, "--nonsense").lines())
        .containsExactly(
            "javadoc.sh: unknown argument '--nonsense'; known are --class-path, --folder and"
                + " --help");
    assertThat(run(2, "--folder").lines())
        .containsExactly("javadoc.sh: --folder has no value; give one");
  }

  private static String run(int exitCode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(BuildXclbin.ROOT.resolve("scripts/javadoc.sh").toString());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
    return output;
  }
}
