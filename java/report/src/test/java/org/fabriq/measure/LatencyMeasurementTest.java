// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.kernel.KernelType;
import org.fabriq.runtime.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a measurement tells, whatever the numbers. */
class LatencyMeasurementTest {
  private static final long NANOS = 50_000_000;

  @ParameterizedTest
  @EnumSource(KernelType.class)
  void everySideHasItsSamplesAndStages(KernelType type) {
    LatencyResult.Point point;
    try (Device cpu = Device.open("cpu:java");
        Device reference = Device.open("reference")) {
      point = new LatencyMeasurement(type, 16, 8, 24, NANOS).measure(3, List.of(cpu, reference));
    }
    assertThat(point.sides())
        .extracting(LatencyResult.Side::address)
        .containsExactly("cpu:java", "reference");
    for (LatencyResult.Side side : point.sides()) {
      assertThat(side.samples()).isBetween(10L, 24L);
      assertThat(side.spread()).isNotNegative();
      assertThat(side.p50()).isPositive().isLessThanOrEqualTo(side.p95());
      assertThat(side.p95()).isLessThanOrEqualTo(side.p99());
      assertThat(side.cycles()).isEqualTo(-1);
      assertThat(side.simulated()).isFalse();
      assertThat(side.stages())
          .containsOnlyKeys(stages(type, DispatchStage.BRIDGE, DispatchStage.KERNEL));
      assertThat(side.stages().get(DispatchStage.KERNEL)).isPositive();
    }
    LatencyResult result = new LatencyResult("i8i8", 16, 8, List.of(point));
    JsonNode json = LatencyFiles.json(List.of(result), MachineState.now(), MachineState.now());
    assertThat(json.at("/layers/0/points/0/sides/1/device").asText()).isEqualTo("reference");
    assertThat(json.at("/layers/0/points/0/sides/1").has("kernel_cycles")).isFalse();
    List<String> lines = LatencyFiles.csv(List.of(result)).lines().toList();
    assertThat(lines).hasSize(3);
    String noise = lines.get(1).replaceAll(".*,\"(.*)\"$", "$1");
    assertThat(noise).isEqualTo(point.noise().text()).contains("24 samples, fewer than 30");
    assertThat(lines.get(1).replace(noise, "").split(",", -1))
        .hasSameSizeAs(lines.get(0).split(",", -1));
    assertThat(lines.get(1)).contains(",,", ",true,24,");
    assertThat(json.at("/layers/0/points/0/sides/1/spread").asDouble()).isNotNegative();
  }

  @ParameterizedTest
  @EnumSource(KernelType.class)
  void packingIsToldApartFromTransfersWhichSharedMemoryHasNot(KernelType type) {
    LatencyResult.Side side;
    try (Device device = Device.open("emulation")) {
      side =
          new LatencyMeasurement(type, 128, 64, 24, NANOS)
              .measure(64, List.of(device))
              .sides()
              .get(0);
    }
    assertThat(side.stages())
        .containsOnlyKeys(
            stages(
                type,
                DispatchStage.BRIDGE,
                DispatchStage.PACK,
                DispatchStage.LAUNCH,
                DispatchStage.KERNEL,
                DispatchStage.DEVICE_TO_HOST));
    assertThat(side.stages().get(DispatchStage.PACK)).isPositive();
  }

  /** The stages, and those that a kernel has on every device. */
  private static DispatchStage[] stages(KernelType type, DispatchStage... ofDevice) {
    List<DispatchStage> stages = new ArrayList<>(List.of(ofDevice));
    stages.add(DispatchStage.REST);
    if (type == KernelType.I8I8) {
      stages.addAll(List.of(DispatchStage.QUANTIZE, DispatchStage.DEQUANTIZE));
    }
    return stages.toArray(DispatchStage[]::new);
  }
}
