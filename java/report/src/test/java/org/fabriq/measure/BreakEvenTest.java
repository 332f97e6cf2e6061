// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Break-even by hand-made numbers. */
class BreakEvenTest {
  private static final OffloadModel ZYNQ =
      new OffloadModel(KernelType.I8I8, 60, 1, 100, new KernelCycles.Entered(512, 74));

  private static CpuCurve curve(Map<Integer, Double> points) {
    return new CpuCurve("cpu:test", new TreeMap<>(points), Noise.NONE);
  }

  @Test
  void aCallCostsLaunchTransferAndCycles() {
    // 64 x (128 + 64) bytes at 1 GB/s, 1024 + 74 cycles at 100 MHz.
    assertThat(ZYNQ.micros(64, 128, 64)).isCloseTo(60 + 12.288 + 10.98, within(1e-9));
    OffloadModel fp32 =
        new OffloadModel(KernelType.F32F32, 0, 2, 200, new KernelCycles.Entered(64, 0));
    assertThat(fp32.micros(1, 128, 64)).isCloseTo(0.384 + 0.64, within(1e-9));
    assertThat(ZYNQ.networkMicros(1, 784, 128, 64, 10))
        .isCloseTo(60 + 0.794 + (3 * 74 + 196 + 16 + 2) / 100.0, within(1e-9));
    assertThat(ZYNQ.networkMicros(5, 128, 64)).isEqualTo(ZYNQ.micros(5, 128, 64));
  }

  @Test
  void theFirstBatchFromWhichTheFpgaIsNeverSlower() {
    BreakEven linear = BreakEven.of("x", batch -> 100 + batch, curve(Map.of(1, 3.0, 100, 300.0)));
    assertThat(linear.batch()).hasValue(50);
    assertThat(linear.sentence())
        .isEqualTo(
            "x on the FPGA pays from batch 50 on against cpu:test (150.0 us against 150.0 us"
                + " there).");
    assertThat(BreakEven.of("x", batch -> 1, curve(Map.of(1, 1.0))).batch()).hasValue(1);
    BreakEven never = BreakEven.of("x", batch -> 2.0 * batch, curve(Map.of(1, 1.0)));
    assertThat(never.batch()).isEmpty();
    assertThat(never.sentence()).contains("does not pay up to batch 4,096", "8192.0 us");
    BreakEven dip =
        BreakEven.of("x", batch -> 100, curve(Map.of(1, 0.0, 10, 200.0, 20, 0.0, 30, 300.0)));
    assertThat(dip.batch()).hasValue(24);
  }

  @Test
  void curvesInterpolateAndGoOnInProportion() {
    CpuCurve curve = curve(Map.of(2, 4.0, 4, 10.0));
    assertThat(curve.at(1)).isEqualTo(4);
    assertThat(curve.at(3)).isEqualTo(7);
    assertThat(curve.at(8)).isEqualTo(20);
    assertThat(curve.plus(curve(Map.of(4, 1.0))).micros()).containsExactly(Map.entry(4, 11.0));
  }

  @Test
  void aStudyLeavesQuantizingOutAndNeedsTheLayer() throws JsonProcessingException {
    JsonNode latency =
        new ObjectMapper()
            .readTree(
                """
                {"layers": [{"kernel": "i8i8", "k": 128, "n": 64, "points": [
                  {"batch": 1, "noise": [], "sides": [
                    {"device": "emulation", "p50_us": 1},
                    {"device": "cpu:a", "p50_us": 9,
                     "stages_p50_us": {"quantize": 2, "dequantize": 1, "kernel": 6}}]},
                  {"batch": 64, "noise": ["load"], "sides": [
                    {"device": "cpu:a", "p50_us": 900, "stages_p50_us": {}}]}]}]}
                """);
    BreakEvenStudy study = new BreakEvenStudy(ZYNQ, latency, new int[] {784, 128, 64, 10}, 2);
    assertThat(study.noise().findings()).containsExactly("128 x 64, batch 64: load");
    assertThat(study.ofLayer().get(0).sentence())
        .containsPattern("batch \\d\\? on .*\\d\\? us there");
    assertThat(study.ofLayer().get(0).withheld())
        .isEqualTo(
            "Layer 2 (128 x 64) against cpu:a is withheld, because its times there are noisy.");
    assertThat(study.ofNetwork()).isEmpty();
    assertThat(study.ofLayer()).hasSize(1);
    assertThat(study.ofLayer().get(0).batch().getAsInt()).isBetween(2, 8);
    assertThat(study.placements()).isEmpty();
    JsonNode json = BreakEvenFiles.json(study);
    assertThat(json.at("/network")).isEmpty();
    assertThat(json.path("noisy").asBoolean()).isTrue();
    assertThat(json.at("/noise/0").asText()).isEqualTo("128 x 64, batch 64: load");
    assertThat(json.at("/studies/0/findings/0/noise")).hasSize(1);
    assertThat(json.at("/studies/0/plot/0/cpu_us/cpu:a").asDouble()).isEqualTo(6);
    assertThat(json.at("/studies/0/plot")).hasSize(13);
    assertThatThrownBy(() -> new BreakEvenStudy(ZYNQ, latency, new int[] {784, 128}, 1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("784x128");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, 100, 512, 0, launch cost is -1.0",
    "60, 0, 100, 512, 0, transfer rate is 0.0",
    "60, NaN, 100, 512, 0, transfer rate is NaN",
    "60, 1, Infinity, 512, 0, clock is Infinity",
    "60, 1, 100, 0, 0, MACs per cycle is 0.0",
    "60, 1, 100, 512, -1, fixed cycles is -1.0"
  })
  void impossibleFiguresAreRefused(
      double launch, double rate, double clock, double macs, long fixed, String message) {
    assertThatThrownBy(
            () ->
                new OffloadModel(
                    KernelType.I8I8, launch, rate, clock, new KernelCycles.Entered(macs, fixed)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(message);
  }

  /**
   * By hand: at batch b layer 2 takes 10 + 192 b / 1000 + (10 + 16 b) / 100 us on the FPGA, 10.1 +
   * 0.352 b, and b on the CPU, so it pays from 10.1 / 0.648 = 15.6 on. The network takes 10 + 794 b
   * / 1000 + (30 + 213.25 b) / 100 us, 10.3 + 2.93 b, and 6 b on the CPU: from 10.3 / 3.07 = 3.4
   * on.
   */
  @Test
  void enteredFiguresGiveTheBatchesOfPaper() throws JsonProcessingException {
    JsonNode latency =
        new ObjectMapper()
            .readTree(
                """
                {"layers": [
                  {"kernel": "i8i8", "k": 784, "n": 128, "points": [{"batch": 1, "noise": [],
                    "sides": [{"device": "cpu:a", "p50_us": 4},
                              {"device": "cpu:b", "p50_us": 40}]}]},
                  {"kernel": "i8i8", "k": 128, "n": 64, "points": [{"batch": 1, "noise": [],
                    "sides": [{"device": "cpu:a", "p50_us": 1},
                              {"device": "cpu:b", "p50_us": 0.2}]}]},
                  {"kernel": "f32f32", "k": 128, "n": 64, "points": [{"batch": 1, "noise": [],
                    "sides": [{"device": "cpu:a", "p50_us": 77}]}]},
                  {"kernel": "i8i8", "k": 64, "n": 10, "points": [{"batch": 1, "noise": [],
                    "sides": [{"device": "cpu:a", "p50_us": 1},
                              {"device": "cpu:b", "p50_us": 1}]}]}]}
                """);
    OffloadModel model =
        new OffloadModel(KernelType.I8I8, 10, 1, 100, new KernelCycles.Entered(512, 10));
    BreakEvenStudy study = new BreakEvenStudy(model, latency, new int[] {784, 128, 64, 10}, 2);
    assertThat(study.noise().quiet()).isTrue();
    assertThat(study.ofLayer().get(0).batch()).hasValue(16);
    assertThat(study.ofLayer().get(0).sentence())
        .isEqualTo(
            "Layer 2 (128 x 64) on the FPGA pays from batch 16 on against cpu:a (15.7 us against"
                + " 16.0 us there).");
    assertThat(study.ofLayer().get(1).batch()).isEmpty();
    assertThat(study.ofNetwork().get(0).batch()).hasValue(4);
    assertThat(study.ofNetwork().get(1).batch()).hasValue(1);
    assertThat(study.placements()).extracting(NetworkPlacement::batch).containsExactly(1, 64, 1024);
    NetworkPlacement at64 = study.placements().get(1);
    assertThat(at64.device()).isEqualTo("cpu:a");
    assertThat(at64.cpuMicros()).isEqualTo(6 * 64);
    assertThat(at64.layerMicros()).isCloseTo(5 * 64 + 10.1 + 0.352 * 64, within(1e-9));
    assertThat(at64.fabricMicros())
        .isCloseTo(10 + 0.794 * 64 + (30 + 13_648) / 100.0, within(1e-9));
    assertThat(at64.sentence())
        .isEqualTo(
            "At batch 64 the network takes 384.0 us on cpu:a, 352.6 us (0.92 times that) with layer"
                + " 2 on the FPGA, 197.6 us (0.51 times that) with all of it there.");
  }

  @Test
  void countedCyclesAreALineThroughTwoBatches() throws JsonProcessingException {
    JsonNode latency =
        new ObjectMapper()
            .readTree(
                """
                {"layers": [{"kernel": "i8i8", "k": 128, "n": 64, "points": [
                  {"batch": 1, "sides": [{"device": "xrt:hw_emu", "kernel_cycles": 114},
                                         {"device": "cpu:a", "p50_us": 1}]},
                  {"batch": 64, "noise": ["load"], "sides": [
                    {"device": "xrt:hw_emu", "kernel_cycles": 1122}]}]},
                  {"kernel": "i8i8", "k": 64, "n": 10, "points": [
                    {"batch": 1, "sides": [{"device": "xrt:hw_emu", "kernel_cycles": 9}]}]}]}
                """);
    KernelCycles cycles = new CountedCycles(latency, KernelType.I8I8);
    assertThat(cycles.of(1, 128, 64)).isEqualTo(114);
    assertThat(cycles.of(64, 128, 64)).isEqualTo(1122);
    assertThat(cycles.of(256, 128, 64)).isEqualTo(98 + 16 * 256);
    assertThat(cycles.source()).isEqualTo("cycles that xrt:hw_emu counted");
    assertThat(cycles.knows(64, 10)).isFalse();
    assertThatThrownBy(() -> cycles.of(1, 64, 10))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("128 x 64")
        .hasMessageContaining("--sizes 64x10");
    assertThatThrownBy(() -> new CountedCycles(latency, KernelType.F32I8))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("--kernels f32i8");
    OffloadModel model = new OffloadModel(KernelType.I8I8, 0, 1, 100, cycles);
    BreakEvenStudy study = new BreakEvenStudy(model, latency, new int[] {128, 64}, 1);
    assertThat(study.ofLayer().get(0).batch()).hasValue(2);
    assertThat(study.ofLayer().get(0).fpgaMicros()).isCloseTo(0.384 + 1.30, within(1e-9));
  }
}
