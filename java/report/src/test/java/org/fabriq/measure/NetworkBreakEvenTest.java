// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.junit.jupiter.api.Test;

/** Break-even of whole networks by hand-made numbers. */
class NetworkBreakEvenTest {
  private static final Board BOARD = new Board("b", "a board", 60, 1, 100, "made up");

  /** By the program for one image, or for four, whichever takes fewer cycles. */
  @Test
  void aLaunchTakesTheFewestCycles() {
    assertThat(NetworkSamples.PLANNED.cycles(1)).isEqualTo(2_000);
    assertThat(NetworkSamples.PLANNED.cycles(2)).isEqualTo(3_500);
    assertThat(NetworkSamples.PLANNED.cycles(4)).isEqualTo(4_400);
    assertThat(NetworkSamples.PLANNED.cycles(5)).isEqualTo(8_000);
    assertThat(NetworkSamples.PLANNED.cycles(8)).isEqualTo(8_400);
    assertThat(NetworkSamples.PLANNED.arrayUse(8, 8_400))
        .isCloseTo(8 * 512_000 / (8_400 * 512.0), within(1e-12));
  }

  @Test
  void aLaunchCostsItselfCopiesAndCycles() {
    // 8 x 1,024 bytes at 1 GB/s, 8,400 cycles at 100 MHz.
    assertThat(BOARD.micros(NetworkSamples.PLANNED, 8)).isCloseTo(60 + 8.192 + 84, within(1e-9));
    assertThatThrownBy(() -> new Board("b", "a board", -1, 1, 100, ""))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("launch cost is -1.0");
  }

  @Test
  void theBatchIsThatFromWhichALaunchIsNeverSlower() {
    NetworkBreakEven study =
        NetworkBreakEven.of(NetworkSamples.network(Noise.NONE), List.of(BOARD));
    assertThat(study.opponents())
        .extracting(CpuCurve::device)
        .containsExactly("onnxruntime", "onnxruntime?threads=2");
    BreakEven one = study.findings().get(0);
    // 90 us at 1 and 400 at 10, so 124.4 at 2, where a launch takes 60 + 2.0 + 35; at 1 81.0.
    assertThat(one.batch()).hasValue(1);
    assertThat(one.sentence())
        .startsWith(
            "kws on a board pays from batch 1 on against onnxruntime (81.0 us against 90.0");
    // Half of that, so the launch that costs 60 pays only where more images share it.
    BreakEven two = study.findings().get(1);
    int batch = two.batch().orElseThrow();
    for (int b = batch; b <= BreakEven.MAX_BATCH; b++) {
      assertThat(BOARD.micros(NetworkSamples.PLANNED, b))
          .isLessThanOrEqualTo(study.opponents().get(1).at(b));
    }
    assertThat(BOARD.micros(NetworkSamples.PLANNED, batch - 1))
        .isGreaterThan(study.opponents().get(1).at(batch - 1));
  }

  @Test
  void whatRestsOnNoisyTimesIsMarked() {
    Noise noise = new Noise(List.of("load 9.0"));
    NetworkBreakEven study = NetworkBreakEven.of(NetworkSamples.network(noise), List.of(BOARD));
    assertThat(study.noise().findings())
        .containsExactly("kws, batch 1: load 9.0", "kws, batch 10: load 9.0");
    assertThat(study.findings().get(0).sentence()).contains("batch 1? on", "90.0? us");
  }

  @Test
  void aNetworkThatIsNoProgramIsStudiedOnNoBoard() {
    NetworkBreakEven study = NetworkBreakEven.of(NetworkSamples.without(), List.of(BOARD));
    assertThat(study.findings()).isEmpty();
    JsonNode json = NetworkBreakEvenFiles.json(List.of(BOARD), List.of(study));
    assertThat(json.at("/networks/0/planned/obstacles/1").asText()).isEqualTo("no form");
    assertThat(json.at("/networks/0/findings")).isEmpty();
    assertThatThrownBy(() -> NetworkSamples.without().planned().cycles(1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("too many weights; no form");
  }

  @Test
  void theFileSaysWhatIsAssumed() {
    NetworkBreakEven study =
        NetworkBreakEven.of(NetworkSamples.network(Noise.NONE), List.of(BOARD));
    JsonNode json = NetworkBreakEvenFiles.json(List.of(BOARD), List.of(study));
    assertThat(json.at("/boards/0/assumptions").asText()).isEqualTo("made up");
    assertThat(json.at("/boards/0/launch_us").asDouble()).isEqualTo(60);
    assertThat(json.at("/networks/0/findings/0/batch").asInt()).isOne();
    assertThat(json.at("/networks/0/findings/0/board").asText()).isEqualTo("b");
    assertThat(json.at("/networks/0/plot/2/fpga_us/b").asDouble())
        .isEqualTo(BOARD.micros(NetworkSamples.PLANNED, 4));
    assertThat(json.path("noisy").asBoolean()).isFalse();
  }

  @Test
  void withoutASessionThereIsNoOpponent() {
    NetworkLatency.Point point = NetworkSamples.point(1, Noise.NONE, 90);
    NetworkLatency none =
        new NetworkLatency(
            "kws",
            "",
            NetworkSamples.PLANNED,
            List.of(new NetworkLatency.Point(1, Noise.NONE, point.sides().subList(0, 2))));
    assertThatThrownBy(() -> NetworkBreakEven.of(none, List.of(BOARD)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("no session on the CPU was measured of kws");
  }
}
