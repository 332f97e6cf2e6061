// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fabriq latency} on XRT's emulations, each in a process of its own, as XRT wants it. */
@Timeout(120)
class LatencyOnEmulationTest {
  @TempDir private Path folder;

  @BeforeAll
  static void requireXrt() {
    assumeTrue(
        Files.exists(Path.of("/usr/include/xrt/xrt/xrt_device.h")),
        "skipped: libxrt-dev is not installed");
  }

  @ParameterizedTest
  @CsvSource({"xrt:sw_emu, false", "xrt:hw_emu?model=cpp, true"})
  void wallTimeIsMarkedAndCyclesAreCounted(String device, boolean counts) throws Exception {
    Path json = folder.resolve("latency.json");
    CommandRun run =
        CommandRun.inOwnProcess(
            ("latency --device %s --against cpu:java --batches 1,64 --samples 3 --seconds 0.05"
                    + " --json %s")
                .formatted(device, json)
                .split(" "));
    assertThat(run.exitCode()).as(run.out()).isZero();
    String out = run.out();
    assertThat(out)
        .contains("simulated: wall time is not the device's", "noisy: 3 samples, fewer than 30");
    assertThat(out.contains(" cycles = ")).isEqualTo(counts);
    JsonNode layers = new ObjectMapper().readTree(json.toFile()).path("layers");
    assertThat(layers)
        .extracting(layer -> layer.path("kernel").asText())
        .containsExactly("f32f32", "f32i8", "i8i8");
    for (JsonNode layer : layers) {
      JsonNode side = layer.at("/points/1/sides/0");
      assertThat(side.path("simulated").asBoolean()).isTrue();
      assertThat(side.at("/stages_p50_us/kernel").asDouble()).isPositive();
      assertThat(side.has("kernel_cycles")).isEqualTo(counts);
      if (counts) {
        double cycles = side.path("kernel_cycles").asDouble();
        assertThat(cycles).isGreaterThan(64);
        assertThat(side.path("kernel_at_clock_us").asDouble())
            .isEqualTo(cycles / side.path("clock_mhz").asDouble());
      }
      assertThat(layer.at("/points/1/sides/1").has("kernel_cycles")).isFalse();
    }
  }
}
