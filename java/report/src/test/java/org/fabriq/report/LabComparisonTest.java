// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import org.fabriq.measure.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab beside us, figure by figure. */
class LabComparisonTest {
  private static LabRow row(LabComparison lab, String kernel, int wordLength, String what) {
    return lab.rows().stream()
        .filter(row -> row.kernel().equals(kernel) && row.wordLength() == wordLength)
        .filter(row -> row.what().startsWith(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row '" + what + "' of " + kernel));
  }

  @Test
  void cyclesAndTimeByTheClock() throws JsonProcessingException {
    LabComparison lab = new LabComparison(SampleReport.data());
    LabRow cycles = row(lab, "i8i8", 0, "cycles");
    assertThat(cycles.lab()).isEqualTo(561_234);
    assertThat(cycles.own()).hasValue(1098);
    assertThat(cycles.ratioText()).isEqualTo("1/511");
    assertThat(cycles.source()).isEqualTo("counted by xrt:hw_emu?model=rtl");
    assertThat(row(lab, "i8i8", 0, "clock period").own()).hasValue(10);
    LabRow kernel = row(lab, "i8i8", 0, "kernel for 10,000 images");
    assertThat(kernel.lab()).isCloseTo(157 * 561_234 * 8.097e-9, within(1e-9));
    assertThat(kernel.own().getAsDouble()).isCloseTo(157 * 1098 * 10e-9, within(1e-12));
    LabRow run = row(lab, "i8i8", 0, "10,000 images, s: lab's run, ours by the model");
    assertThat(run.lab()).isEqualTo(109.99);
    assertThat(run.own().getAsDouble())
        .isCloseTo(157 * (60 + 64 * 192 / 1000.0 + 10.98) / 1e6, within(1e-12));
    assertThat(run.source()).contains("launch 60 us and 1.00 GB/s (entered)");
    assertThat(row(lab, "f32f32", 0, "cycles").own()).isEmpty();
    assertThat(row(lab, "f32f32", 0, "cycles").ownText()).isEqualTo("-");
    assertThat(row(lab, "f32f32", 0, "cycles").source()).isEqualTo("no device counted cycles");
  }

  @Test
  void wallTimeIsThatOfTheFastestCpuNeverOfASimulation() throws JsonProcessingException {
    LabComparison lab = new LabComparison(SampleReport.data());
    LabRow wall = row(lab, "i8i8", 0, "10,000 images, s: lab's run, this CPU");
    assertThat(wall.own().getAsDouble()).isCloseTo(157 * 40e-6, within(1e-12));
    assertThat(wall.source()).contains("wall time", "cpu:onednn");
  }

  @Test
  void accuracyByKernelAndByWordLength() throws JsonProcessingException {
    LabComparison lab = new LabComparison(SampleReport.data());
    LabRow kernel = row(lab, "f32i8", 0, "accuracy");
    assertThat(kernel.lab()).isCloseTo(97.11, within(1e-9));
    assertThat(kernel.own().getAsDouble()).isCloseTo(97.5, within(1e-9));
    assertThat(kernel.source()).contains("layer 2 on emulation");
    LabRow literal = row(lab, "f32i8", 2, "accuracy, %, codes used literally");
    assertThat(literal.labText()).isEqualTo("85.75");
    assertThat(literal.ownText()).isEqualTo("70.00");
    assertThat(literal.ratioText()).isEqualTo("0.816");
    assertThat(row(lab, "f32i8", 1, "accuracy, %, layer 2 only").ownText()).isEqualTo("90.00");
    assertThat(row(lab, "f32i8", 5, "10,000 images").lab()).isEqualTo(120.73);
    assertThat(lab.rows().stream().filter(row -> row.wordLength() > 0)).hasSize(8 + 2 * 3);
    assertThat(lab.remarks())
        .containsExactly(
            "Accuracies are of synthetic digits, the lab's of MNIST: give --data DIR.",
            "Accuracies are of 500 images, the lab's of 10,000.");
  }

  @Test
  void sumsInInt16AreARowOfTheirOwn() throws JsonProcessingException {
    LabComparison lab = new LabComparison(SampleReport.data());
    LabRow row = row(lab, "i8i8", 0, "accuracy, %, layer 2 summed in int16");
    assertThat(row.lab()).isCloseTo(97.02, within(1e-9));
    assertThat(row.ownText()).isEqualTo("91.00");
    assertThat(row.source())
        .isEqualTo(
            "inputs fixed:8,4, weights fixed:8,7; 1,200 of 32,000 sums leave int16, 17 bits needed,"
                + " 20 possible; 97.50 with exact sums");
    assertThat(lab.rows().stream().filter(each -> each.what().contains("int16"))).hasSize(1);
  }

  /** What an earlier version's sweep wrote has none. */
  @Test
  void withoutSumsInInt16TheRowSaysSo() throws JsonProcessingException {
    ReportData data = SampleReport.data();
    ((ObjectNode) data.sweep()).remove("int16");
    LabRow row = row(new LabComparison(data), "i8i8", 0, "accuracy, %, layer 2 summed in int16");
    assertThat(row.own()).isEmpty();
    assertThat(row.source()).isEqualTo("not run; 'fabriq sweep' writes it");
  }

  @Test
  void resourcesAreThoseOfTheShippedKernels() throws JsonProcessingException {
    LabComparison lab = new LabComparison(SampleReport.data());
    assertThat(row(lab, "i8i8", 0, "LUT").lab()).isEqualTo(1588);
    assertThat(row(lab, "i8i8", 0, "LUT").own().getAsDouble()).isBetween(10_000.0, 53_200.0);
    assertThat(row(lab, "i8i8", 0, "DSP").own().getAsDouble()).isBetween(128.0, 220.0);
    assertThat(row(lab, "i8i8", 0, "FF").source()).startsWith("yosys_stat");
    for (String resource : List.of("LUT", "FF", "DSP", "BRAM_18K")) {
      assertThat(row(lab, "i8i8", 0, resource).ratio()).isPresent();
    }
  }

  @Test
  void noisyTimesAreMarkedAndSayWhatDisturbedThem() throws JsonProcessingException {
    LabComparison lab = new LabComparison(SampleReport.noisyAndIncomplete(false));
    LabRow wall = row(lab, "i8i8", 0, "10,000 images, s: lab's run, this CPU");
    assertThat(wall.own().getAsDouble()).isCloseTo(157 * 40e-6, within(1e-12));
    assertThat(wall.ownText()).isEqualTo("0.0063?");
    assertThat(wall.ratioText()).matches("1/[0-9,]+\\?");
    assertThat(wall.sourceText())
        .isEqualTo(
            "layer 2, wall time, cpu:onednn, 500 samples, spread 7 %; noisy: load 9.0 on 2"
                + " processors");
    JsonNode rows = LabFiles.json(lab).path("rows");
    assertThat(rows).anySatisfy(row -> assertThat(row.at("/noise/0").asText()).contains("9.0"));
    assertThat(LabFiles.csv(lab)).contains(",\"load 9.0 on 2 processors\"\r\n");
    assertThat(row(lab, "i8i8", 0, "LUT").source()).isEqualTo("no report of this kernel");
  }

  @Test
  void onRequestNoisyTimesAreWithheld() throws JsonProcessingException {
    LabComparison lab = new LabComparison(SampleReport.noisyAndIncomplete(true));
    LabRow wall = row(lab, "i8i8", 0, "10,000 images, s: lab's run, this CPU");
    assertThat(wall.own()).isEmpty();
    assertThat(wall.ownText()).isEqualTo("-");
    assertThat(wall.sourceText()).endsWith("noisy: load 9.0 on 2 processors");
    LabComparison quiet = new LabComparison(SampleReport.data());
    assertThat(row(quiet, "i8i8", 0, "10,000 images, s: lab's run, this CPU").sourceText())
        .endsWith("spread 7 %");
  }

  @Test
  void filesHoldEveryRow() throws JsonProcessingException {
    LabComparison lab = new LabComparison(SampleReport.data());
    JsonNode json = LabFiles.json(lab);
    assertThat(json.path("rows")).hasSize(lab.rows().size());
    assertThat(json.at("/rows/0").has("own")).isFalse();
    assertThat(json.at("/remarks")).hasSize(2);
    List<String> lines = LabFiles.csv(lab).lines().toList();
    assertThat(lines).hasSize(1 + lab.rows().size());
    assertThat(lines.get(0)).isEqualTo("kernel,word_length,what,lab,own,ratio,source,noise");
    assertThat(lines.get(1))
        .isEqualTo(
            "f32f32,,\"cycles of a 64 x 128 x 64 call\",2134102.0,,,\"no device counted"
                + " cycles\",\"\"");
  }

  @ParameterizedTest
  @CsvSource({"100, 125, 1.250", "100, 9.9, 1/10", "2134102, 8654, 1/247", "5, 0, 0.000"})
  void ratiosReadWell(double lab, double own, String text) {
    assertThat(
            new LabRow("i8i8", 0, "x", lab, OptionalDouble.of(own), 0, "", Noise.NONE).ratioText())
        .isEqualTo(text);
  }
}
