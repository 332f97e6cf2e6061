// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.fabriq.measure.LatencySeries;
import org.fabriq.measure.Noise;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.LayerTimes;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What people see of latencies, on a quiet machine and on another. */
class ComparisonTableTest {
  private static ArithmeticResult result(Noise noise, SessionResult... beside) {
    List<SessionResult> sessions = List.of(beside);
    LatencySeries series = new LatencySeries();
    series.add(List.of(new LayerTimes()));
    return new ArithmeticResult(
        Arithmetic.I8I8,
        "emulation",
        true,
        "fixed:8",
        new Score(10, 9, 10, 40, null),
        0,
        64,
        null,
        noise,
        series,
        series,
        sessions);
  }

  private static String all(Noise noise, String... options) {
    QuietOption quiet = new QuietOption();
    new CommandLine(CommandSpec.create().addMixin("quiet", CommandSpec.forAnnotatedObject(quiet)))
        .parseArgs(options);
    StringWriter text = new StringWriter();
    new ComparisonTable(new PrintWriter(text), quiet).print(List.of(result(noise)));
    return text.toString();
  }

  private static String latencies(Noise noise, String... options) {
    return all(noise, options)
        .split("per batch, microseconds\\R[^\\n]*\\n|\\R\\R(agreement|Where)")[1];
  }

  @Test
  void aQuietMachineGivesTimes() {
    assertThat(latencies(Noise.NONE))
        .containsPattern("^i8i8 +1 +0\\.0 +0\\.0 +0\\.0 +0 % \\| +0\\.0 .* 0 % \\| +NaN$")
        .doesNotContain("noisy: ", "?");
    String all = all(Noise.NONE);
    assertThat(all)
        .containsPattern(
            "Where that time goes, medians, microseconds\\Rvariant  quantize  bridge .*")
        .contains("(emulation is simulated: wall time is not the device's)");
    assertThat(all.lines()).allMatch(line -> line.length() <= CommandHelp.WIDTH);
  }

  @Test
  void sessionsStandBelow() {
    LatencySeries series = new LatencySeries();
    series.add(2_000, List.of());
    StringWriter text = new StringWriter();
    new ComparisonTable(new PrintWriter(text), new QuietOption())
        .print(
            List.of(
                result(
                    Noise.NONE,
                    new SessionResult("onnxruntime?threads=2", "ONNX Runtime", series))));
    assertThat(text.toString())
        .containsPattern(
            "(?m)^i8i8 +1 +2\\.0 +2\\.0 +2\\.0 +0 % \\| onnxruntime\\?threads=2, session +\\|"
                + " +0\\.00$");
    assertThat(text.toString().lines()).allMatch(line -> line.length() <= CommandHelp.WIDTH);
  }

  @Test
  void noisyTimesAreMarkedBesideWhatWasWrong() {
    List<String> lines =
        latencies(new Noise(List.of("load 9.0 on 2 processors", "x"))).lines().toList();
    assertThat(lines.get(0)).isEqualTo("i8i8     noisy: load 9.0 on 2 processors; x");
    assertThat(lines.get(1))
        .matches("i8i8 +1( +0\\.0\\?){3} +0 % \\|( +0\\.0\\?){3} +0 % \\| +NaN\\?");
    assertThat(lines).hasSize(2);
    assertThat(all(Noise.NONE)).contains("?: the time is noisy", "--only-quiet withholds");
  }

  @Test
  void onRequestNoisyTimesAreWithheld() {
    assertThat(latencies(new Noise(List.of("x")), "--only-quiet")).isEqualTo("i8i8     noisy: x");
    assertThat(latencies(Noise.NONE, "--only-quiet")).isEqualTo(latencies(Noise.NONE));
  }
}
