// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.fabriq.measure.LatencySeries;
import org.fabriq.plan.LayerTimes;
import org.junit.jupiter.api.Test;

/** What people see of latencies, on a quiet machine and on another. */
class ComparisonTableTest {
  private static VariantResult result(List<String> noise) {
    LatencySeries series = new LatencySeries();
    series.add(List.of(new LayerTimes()));
    return new VariantResult(
        Variant.I8I8, "emulation", "fixed:8", 10, 9, 10, 0, 64, null, noise, series, series);
  }

  private static String latencies(boolean evenIfNoisy, List<String> noise) {
    StringWriter text = new StringWriter();
    new ComparisonTable(new PrintWriter(text), evenIfNoisy).print(List.of(result(noise)));
    String[] parts = text.toString().split("microseconds\\R[^\\n]*\\n|\\R\\Ragreement");
    return parts[1];
  }

  @Test
  void aQuietMachineGivesTimes() {
    assertThat(latencies(false, List.of()))
        .containsPattern("^i8i8 +0\\.0 +0\\.0 +0\\.0  \\| +0\\.0 .* NaN \\|.* - ")
        .contains("(simulated: wall time")
        .doesNotContain("noisy: ", "?");
  }

  @Test
  void aNoisyMachineGivesWhatWasWrongInTheirPlace() {
    assertThat(latencies(false, List.of("load 9.0 on 2 processors", "x")))
        .isEqualTo("i8i8     noisy: load 9.0 on 2 processors, x");
  }

  @Test
  void onRequestNoisyTimesAreMarked() {
    assertThat(latencies(true, List.of("x"))).contains("noisy: x", "0.0?");
  }
}
