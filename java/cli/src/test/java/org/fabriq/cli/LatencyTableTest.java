// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fabriq.measure.LatencyResult;
import org.fabriq.measure.Stage;
import org.junit.jupiter.api.Test;

/** What people see of a point, quiet or not. */
class LatencyTableTest {
  private static LatencyResult.Point point(List<String> noise, double clock) {
    Map<Stage, Double> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      stages.put(stage, 7.26);
    }
    stages.remove(Stage.HOST_TO_DEVICE);
    return new LatencyResult.Point(
        64,
        noise,
        List.of(
            new LatencyResult.Side(
                "xrt:hw_emu", "a", true, 10, 8123.4, 8200, 8300, stages, 8654, clock),
            new LatencyResult.Side("cpu:java", "b", false, 10, 81.2, 90, 95, stages, -1, 0)));
  }

  private static String print(boolean evenIfNoisy, LatencyResult.Point point) {
    StringWriter text = new StringWriter();
    new LatencyTable(new PrintWriter(text), evenIfNoisy).point(point);
    return text.toString();
  }

  @Test
  void aQuietPointShowsTimesAndCyclesApart() {
    assertThat(print(false, point(List.of(), 100)).lines())
        .satisfiesExactly(
            times ->
                assertThat(times)
                    .contains("8123.4 ", " 1.00 |", " 7.3 ", " - ", "(simulated: wall time")
                    .doesNotContain("cycles"),
            cycles -> assertThat(cycles).endsWith("kernel: 8,654 cycles = 86.5 us at 100 MHz"),
            cpu -> assertThat(cpu).contains("81.2 ", " 100.04 |").doesNotContain("simulated"));
  }

  @Test
  void aNoisyPointShowsWhatWasWrongAndOnlyCycles() {
    String text = print(false, point(List.of("load 9.0 on 2 processors", "x"), 100));
    assertThat(text.lines())
        .containsExactly(
            "    64 noisy: load 9.0 on 2 processors, x",
            "    64 xrt:hw_emu             kernel: 8,654 cycles = 86.5 us at 100 MHz");
  }

  @Test
  void onRequestNoisyTimesAreMarked() {
    assertThat(print(true, point(List.of("x"), 100))).contains("noisy: x", "8123.4?", "81.2?");
  }

  @Test
  void withoutAClockCyclesAreNoTime() {
    assertThat(print(false, point(List.of(), 0))).contains("kernel: 8,654 cycles, clock unknown");
    assertThat(print(false, point(List.of(), 100).at(200))).contains("= 43.3 us at 200 MHz");
  }
}
