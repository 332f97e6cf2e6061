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

/** Break-even by hand-made numbers. */
class BreakEvenTest {
  private static final OffloadModel ZYNQ = new OffloadModel(KernelType.I8I8, 60, 1, 100, 512, 74);

  private static CpuCurve curve(Map<Integer, Double> points) {
    return new CpuCurve("cpu:test", new TreeMap<>(points));
  }

  @Test
  void aCallCostsLaunchTransferAndCycles() {
    // 64 x (128 + 64) bytes at 1 GB/s, 1024 + 74 cycles at 100 MHz.
    assertThat(ZYNQ.micros(64, 128, 64)).isCloseTo(60 + 12.288 + 10.98, within(1e-9));
    OffloadModel fp32 = new OffloadModel(KernelType.F32F32, 0, 2, 200, 64, 0);
    assertThat(fp32.micros(1, 128, 64)).isCloseTo(0.384 + 0.64, within(1e-9));
    assertThat(ZYNQ.networkMicros(1, 784, 128, 64, 10))
        .isCloseTo(60 + 0.794 + (74 + 214) / 100.0, within(1e-9));
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
    assertThat(study.noisy()).isTrue();
    assertThat(study.ofNetwork()).isEmpty();
    assertThat(study.ofLayer()).hasSize(1);
    assertThat(study.ofLayer().get(0).batch().getAsInt()).isBetween(2, 8);
    JsonNode json = study.json();
    assertThat(json.at("/studies/0/plot/0/cpu_us/cpu:a").asDouble()).isEqualTo(6);
    assertThat(json.at("/studies/0/plot")).hasSize(13);
    assertThatThrownBy(() -> new BreakEvenStudy(ZYNQ, latency, new int[] {784, 128}, 1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("784x128");
    assertThatThrownBy(() -> new OffloadModel(KernelType.I8I8, 60, 0, 100, 512, 74))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("transfer rate");
  }
}
