// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fabriq resources}. */
class ResourcesCommandTest {
  private static final String STAT =
      """
      {"creator": "Yosys 0.23", "modules": {"\\\\top": {"num_cells_by_type":
        {"LUT6": 1000, "FDRE": 300, "DSP48E1": 22, "RAMB36E1": 7}}}}
      """;

  @TempDir private Path folder;

  private static CommandRun run(Object... arguments) {
    return CommandRun.of(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
  }

  @Test
  void theLabsFiguresStandBesideAReport() throws IOException {
    Path stat = Files.writeString(folder.resolve("stat.json"), STAT);
    Path json = folder.resolve("out.json");
    Path csv = folder.resolve("out.csv");
    CommandRun run = run("resources", stat, "--part", "xc7z020", "--json", json, "--csv", csv);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("top", "22 10.0%", "14  5.0%", "lab i8i8", "561,234");
    JsonNode root = new ObjectMapper().readTree(json.toFile());
    assertThat(root.get("schema").asInt()).isEqualTo(1);
    assertThat(root.get("reports")).hasSize(4);
    assertThat(root.at("/reports/0/used/BRAM_18K").asInt()).isEqualTo(14);
    assertThat(root.at("/reports/0/share/DSP").asDouble()).isEqualTo(0.1);
    assertThat(root.at("/reports/0").has("latency_min")).isFalse();
    assertThat(root.at("/reports/3/latency_max").asInt()).isEqualTo(561234);
    assertThat(Files.readAllLines(csv)).hasSize(5);
    assertThat(Files.readAllLines(csv).get(1))
        .startsWith("top,yosys_stat,Yosys 0.23,,1000,300,22,14,0,,");
  }

  @Test
  void twoBuildsAreSetInRatio() throws IOException {
    Path first = Files.createDirectory(folder.resolve("a"));
    Path second = Files.createDirectory(folder.resolve("b"));
    Files.writeString(first.resolve("stat.json"), STAT);
    Files.writeString(
        second.resolve("stat.json"),
        STAT.replace("1000", "1500").replace("RAMB36E1\": 7", "X\": 1"));
    CommandRun run = run("resources", first, second);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("lab i8i8", first.resolve("stat.json").toString())
        .containsPattern("second / first[^\\n]*\\ntop +1.500 +1.000 +1.000 +0.000 +- +- +- +-");
    Files.writeString(second.resolve("stat.json"), STAT.replace("top", "other"));
    assertThat(run("resources", first, second).out()).contains("names differ");
  }

  @Test
  void ownKernelsAreShipped() {
    assertThat(run("resources", "--rtl", "--part", "xc7z020").out())
        .containsPattern("matmul_i8i8 +yosys stat +[0-9,]+ +[0-9.]+%");
  }

  @Test
  void wrongFilesNameFileAndLine() throws IOException {
    Path cut = Files.writeString(folder.resolve("cut.xml"), "<profile>\n<UserAssignments>\n");
    CommandRun run = run("resources", cut);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(cut.toString(), "line 3", "cut short");
    Path other = Files.writeString(folder.resolve("fit.rpt"), "Quartus Prime Fitter report\n");
    assertThat(run("resources", other).err())
        .contains(other.toString(), "line 1", "'Quartus Prime Fitter report'")
        .hasLineCount(1);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(run("resources", empty).err()).contains(empty.toString(), "no report");
    assertThat(run("resources", "--part", "u9").err()).contains("u9", "u55c");
  }
}
