// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.fabriq.measure.DispatchStage;
import org.fabriq.measure.LatencyResult;
import org.fabriq.measure.Noise;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What people see of a point, quiet or not. */
class LatencyTableTest {
  private static LatencyResult.Point point(Noise noise, double clock) {
    Map<DispatchStage, Double> stages = new EnumMap<>(DispatchStage.class);
    for (DispatchStage stage : DispatchStage.values()) {
      stages.put(stage, 7.26);
    }
    stages.remove(DispatchStage.HOST_TO_DEVICE);
    return new LatencyResult.Point(
        64,
        noise,
        List.of(
            new LatencyResult.Side(
                "xrt:hw_emu", "a", true, 10, 8123.4, 8200, 8300, 0.046, stages, 8654, clock),
            new LatencyResult.Side("cpu:java", "b", false, 10, 81.2, 90, 95, 0.12, stages, -1, 0)));
  }

  private static String print(LatencyResult.Point point, String... options) {
    return print(table -> table.point(point), options);
  }

  private static String stages(LatencyResult.Point point, String... options) {
    return print(table -> table.stages(List.of(point)), options);
  }

  private static String print(Consumer<LatencyTable> what, String... options) {
    QuietOption quiet = new QuietOption();
    new CommandLine(CommandSpec.create().addMixin("quiet", CommandSpec.forAnnotatedObject(quiet)))
        .parseArgs(options);
    StringWriter text = new StringWriter();
    what.accept(new LatencyTable(new PrintWriter(text), quiet));
    return text.toString();
  }

  @Test
  void aQuietPointShowsTimesAndCyclesApart() {
    assertThat(print(point(Noise.NONE, 100)).lines())
        .satisfiesExactly(
            times ->
                assertThat(times)
                    .contains("8123.4 ", " 5 % ", " 1.00")
                    .hasSizeLessThanOrEqualTo(CommandHelp.WIDTH)
                    .doesNotContain("cycles"),
            cycles -> assertThat(cycles).endsWith("kernel: 8,654 cycles = 86.5 us at 100 MHz"),
            cpu -> assertThat(cpu).contains("81.2 ", " 12 % ", " 100.04"));
  }

  /** Stages stand below, device by device, so that no line is too long for a terminal. */
  @Test
  void stagesHaveTablesOfTheirOwn() {
    List<String> lines = stages(point(Noise.NONE, 100)).lines().toList();
    assertThat(lines.get(1)).isEqualTo("where the time of xrt:hw_emu goes, medians, microseconds");
    assertThat(lines.get(2)).startsWith(" batch quantize  bridge  pack  host-to-device  launch");
    assertThat(lines.get(3)).startsWith("    64      7.3 ").contains(" -  ");
    assertThat(lines.get(4)).isEqualTo("(xrt:hw_emu is simulated: wall time is not the device's)");
    assertThat(lines.get(6)).startsWith("where the time of cpu:java goes");
    assertThat(lines).hasSize(9).allMatch(line -> line.length() <= CommandHelp.WIDTH);
    assertThat(stages(point(new Noise(List.of("x")), 100))).contains(" 7.3? ");
    assertThat(stages(point(new Noise(List.of("x")), 100), "--only-quiet")).isEmpty();
  }

  @Test
  void aNoisyPointMarksEveryTimeButNoCycles() {
    List<String> lines =
        print(point(new Noise(List.of("load 9.0 on 2 processors", "x")), 100)).lines().toList();
    assertThat(lines.get(0)).isEqualTo("    64 noisy: load 9.0 on 2 processors; x");
    assertThat(lines.get(1)).contains("8123.4?", "8200.0?", "8300.0?", "1.00?");
    assertThat(lines.get(2)).endsWith("8,654 cycles = 86.5 us at 100 MHz").doesNotContain("?");
    assertThat(lines.get(3)).contains("81.2?", "90.0?", "95.0?", "100.04?");
    assertThat(lines).hasSize(4);
  }

  @Test
  void onRequestANoisyPointShowsWhatWasWrongAndOnlyCycles() {
    assertThat(print(point(new Noise(List.of("x")), 100), "--only-quiet").lines())
        .containsExactly(
            "    64 noisy: x",
            "    64 xrt:hw_emu             kernel: 8,654 cycles = 86.5 us at 100 MHz");
  }

  @Test
  void withoutAClockCyclesAreNoTime() {
    assertThat(print(point(Noise.NONE, 0))).contains("kernel: 8,654 cycles, clock unknown");
    assertThat(print(point(Noise.NONE, 100).at(200))).contains("= 43.3 us at 200 MHz");
  }
}
