// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accuracy on all 10,000 MNIST test images; skipped where MNIST is absent. */
@Tag("long")
class MnistTest {
  @TempDir private Path folder;
  private String data;

  @BeforeEach
  void findMnist() {
    data = requireMnist();
  }

  /** The folder of MNIST; skips the test where there is none. */
  static String requireMnist() {
    String given = System.getProperty("fabriq.mnist", "");
    String folder = given.isBlank() ? System.getenv().getOrDefault("FABRIQ_MNIST", "") : given;
    assumeTrue(
        !folder.isBlank(), "skipped: no MNIST; set FABRIQ_MNIST or -Dfabriq.mnist to its folder");
    return folder;
  }

  @Test
  void shippedWeightsKeepTheirAccuracyInEveryVariant() throws IOException {
    Map<String, JsonNode> results = compare();
    double fp32 = results.get("f32").get("accuracy").asDouble();
    assertThat(fp32).isGreaterThanOrEqualTo(0.977);
    assertThat(results.get("f32f32").get("agreement").asDouble()).isEqualTo(1.0);
    for (String name : new String[] {"f32i8", "i8i8"}) {
      JsonNode result = results.get(name);
      assertThat(result.get("images").asInt()).isEqualTo(10_000);
      assertThat(result.get("mismatches").asLong()).as(name).isZero();
      assertThat(fp32 - result.get("accuracy").asDouble()).as(name).isLessThanOrEqualTo(0.0015);
      assertThat(result.get("agreement").asDouble()).as(name).isGreaterThanOrEqualTo(0.998);
    }
  }

  @Test
  void fourBitsCostLittle() throws IOException {
    Map<String, JsonNode> results =
        compare("--variants", "f32i8", "--scheme", "fixed:4,4", "--offload", "all");
    double loss =
        results.get("f32").get("accuracy").asDouble()
            - results.get("f32i8").get("accuracy").asDouble();
    assertThat(loss).isLessThanOrEqualTo(0.0035);
    assertThat(results.get("f32i8").get("agreement").asDouble()).isGreaterThanOrEqualTo(0.992);
  }

  @Test
  void everyLimitIsKept() {
    CommandRun run = CommandRun.of("sweep", "--limits", "--data", data);
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("every limit is kept").doesNotContain("MISSED");
    assertThat(run.out().lines().filter(line -> line.contains("97.81%")).count())
        .as("rows")
        .isGreaterThan(15);
  }

  private Map<String, JsonNode> compare(String... more) throws IOException {
    Path file = folder.resolve("compare.json");
    String[] fixed = {"compare", "--samples", "20", "--data", data, "--json", file.toString()};
    String[] arguments = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, arguments, fixed.length, more.length);
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    Map<String, JsonNode> results = new HashMap<>();
    new ObjectMapper()
        .readTree(Files.readString(file))
        .get("variants")
        .forEach(variant -> results.put(variant.get("name").asText(), variant));
    return results;
  }
}
