// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format and the versions that differ, each sample checked value by value. */
class ReportFormatsTest {
  @TempDir private Path folder;

  private List<ResourceReport> read(String sample) {
    return ResourceReports.read(ReportSamples.copy(sample, folder));
  }

  private ResourceReport one(String sample) {
    List<ResourceReport> reports = read(sample);
    assertThat(reports).hasSize(1);
    return reports.get(0);
  }

  private static void assertClock(ResourceReport report, double target, double estimated) {
    assertThat(report.clock().target().orElseThrow()).isCloseTo(target, within(1e-3));
    assertThat(report.clock().estimated().orElseThrow()).isCloseTo(estimated, within(1e-3));
  }

  private static void assertCycles(
      ResourceReport report, long min, long max, long intervalMin, long intervalMax) {
    assertThat(report.cycles())
        .isEqualTo(
            new CycleEstimate(bound(min), bound(max), bound(intervalMin), bound(intervalMax)));
  }

  private static OptionalLong bound(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  @Test
  void vitisXml() {
    ResourceReport report = one("matmul_i8i8_csynth.xml");
    assertThat(report.name()).isEqualTo("matmul_i8i8");
    assertThat(report.kind()).isEqualTo(ReportKind.CSYNTH_XML);
    assertThat(report.tool()).isEqualTo("HLS 2023.2");
    assertThat(report.device()).contains(FpgaDevice.XC7Z020);
    assertThat(report.used()).isEqualTo(ResourceCounts.of(13402, 15604, 216, 20, 0));
    assertThat(report.available()).isEqualTo(FpgaDevice.XC7Z020.totals());
    assertClock(report, 10, 7.3);
    assertCycles(report, 2105, -1, 2106, -1);
    assertThat(report.share(Resource.DSP, Optional.empty()).orElseThrow())
        .isCloseTo(216.0 / 220, within(1e-9));
    assertThat(report.share(Resource.URAM, Optional.empty())).isEmpty();
    assertThat(report.share(Resource.LUT, Optional.of(FpgaDevice.U250)).orElseThrow())
        .isCloseTo(13402.0 / 1_728_000, within(1e-9));
  }

  @Test
  void vivadoXmlOf2019() {
    ResourceReport report = one("vivado_hls_2019_csynth.xml");
    assertThat(report.used()).isEqualTo(ResourceCounts.of(2190, 897, 5, 80, 0));
    assertClock(report, 10, 15.21);
    assertCycles(report, 2134102, 2134102, 2121808, 2121808);
  }

  @Test
  void vivadoTextOf2018() {
    ResourceReport report = one("vivado_hls_2018_csynth.rpt");
    assertThat(report.tool()).isEqualTo("Vivado HLS 2018.3");
    assertThat(report.used().get(Resource.LUT)).hasValue(1588);
    assertThat(report.used().get(Resource.DSP)).hasValue(1);
    assertThat(report.used().get(Resource.BRAM_18K)).hasValue(20);
    assertThat(report.used().get(Resource.URAM)).isEmpty();
    assertThat(report.available().get(Resource.FF)).hasValue(106400);
    assertClock(report, 10, 8.097);
    assertCycles(report, 561234, 561234, 548940, 548940);
  }

  @Test
  void vitisTextOf2024() {
    ResourceReport report = one("vitis_hls_2024_csynth.rpt");
    assertThat(report.name()).isEqualTo("matmul_f32i8");
    assertThat(report.device()).contains(FpgaDevice.U55C);
    assertThat(report.used()).isEqualTo(ResourceCounts.of(34700, 37600, 64, 54, 0));
    assertThat(report.available()).isEqualTo(FpgaDevice.U55C.totals());
    assertClock(report, 3.33, 2.433);
    assertCycles(report, 9248, -1, 9249, -1);
  }

  @Test
  void vitisSummaryOf2021() {
    ResourceReport report = one("vitis_summary_2021_csynth.rpt");
    assertThat(report.used()).isEqualTo(ResourceCounts.of(19822, 10512, 132, 4, 0));
    assertThat(report.clock().isUnknown()).isTrue();
    assertCycles(report, -1, 3246, -1, 3247);
  }

  @Test
  void linkedKernels() {
    List<ResourceReport> reports = read("kernel_util_routed.rpt");
    assertThat(reports)
        .extracting(ResourceReport::name)
        .containsExactly("matmul_i8i8", "matmul_f32i8");
    assertThat(reports.get(0).used()).isEqualTo(ResourceCounts.of(17402, 20012, 216, 21, 0));
    assertThat(reports.get(1).used()).isEqualTo(ResourceCounts.of(34700, 40765, 64, 44, 0));
    assertThat(reports.get(0).available())
        .isEqualTo(ResourceCounts.of(1623888, 3308269, 12284, 5020, 1280));
    assertThat(reports.get(0).device()).contains(FpgaDevice.U250);
  }

  @Test
  void imageInformation() {
    List<ResourceReport> reports = read("fabriq.xclbin.info");
    assertThat(reports)
        .extracting(ResourceReport::name)
        .containsExactly("matmul_i8i8", "matmul_f32i8");
    assertThat(reports.get(1).tool()).isEqualTo("v++ (2023.1)");
    assertThat(reports.get(1).device()).contains(FpgaDevice.U50);
    assertThat(reports.get(1).used().isUnknown()).isTrue();
    assertClock(reports.get(1), 1000 / 300.0, 1000 / 287.5);
  }

  @Test
  void imageInformationOfOldXrtHasOneFrequency() {
    String old =
        new String(
                ReportSamples.bytes("fabriq.xclbin.info"), java.nio.charset.StandardCharsets.UTF_8)
            .replaceAll("(?s)System Clocks.*?\n\n", "")
            .replace("Scalable Clocks\n---------------", "Clocks\n------");
    Path file =
        ReportSamples.write(
            folder.resolve("old.xclbin.info"),
            old.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertClock(ResourceReports.read(file).get(0), 1000 / 287.0, 1000 / 287.0);
  }

  @Test
  void vivadoUtilizationWithProhibitedColumn() {
    ResourceReport report = one("utilization_routed.rpt");
    assertThat(report.name()).isEqualTo("matmul_top");
    assertThat(report.used().get(Resource.LUT)).hasValue(17402);
    assertThat(report.used().get(Resource.FF)).hasValue(20012);
    assertThat(report.used().get(Resource.BRAM_18K)).hasValue(21);
    assertThat(report.used().get(Resource.DSP)).hasValue(216);
    assertThat(report.available().get(Resource.BRAM_18K)).hasValue(280);
  }

  @Test
  void vivadoUtilizationOfUltraScale() {
    ResourceReport report = one("utilization_synth_2018.rpt");
    assertThat(report.used()).isEqualTo(ResourceCounts.of(36301, 24502, 128, 20, 2));
    assertThat(report.available()).isEqualTo(FpgaDevice.ZU7EV.totals());
  }

  @Test
  void vivadoTimingTakesTheWorstClock() {
    ResourceReport report = one("timing_routed.rpt");
    assertThat(report.device()).contains(FpgaDevice.XC7Z020);
    assertClock(report, 6.667, 7.188);
  }

  @Test
  void yosysCountsLutsOfMemories() {
    ResourceReport report = one("yosys_stat.json");
    assertThat(report.name()).isEqualTo("top");
    assertThat(report.tool()).isEqualTo("Yosys 0.23");
    assertThat(report.used()).isEqualTo(ResourceCounts.of(2 + 2 * 4, 8, 1, 0, 0));
  }

  @Test
  void yosysLeavesOutScopes() {
    ResourceReport report = one("yosys_stat_0_52.json");
    assertThat(report.name()).isEqualTo("sum");
    assertThat(report.tool()).isEqualTo("Yosys 0.52");
    assertThat(report.used()).isEqualTo(ResourceCounts.of(8, 8, 0, 0, 0));
  }

  @Test
  void lutsOfDistributedMemories() {
    assertThat(YosysStat.lutsOfRam("RAM32X1S")).hasValue(1);
    assertThat(YosysStat.lutsOfRam("RAM64X1S")).hasValue(1);
    assertThat(YosysStat.lutsOfRam("RAM64X1D")).hasValue(2);
    assertThat(YosysStat.lutsOfRam("RAM128X1D")).hasValue(4);
    assertThat(YosysStat.lutsOfRam("RAM256X1S")).hasValue(4);
    assertThat(YosysStat.lutsOfRam("RAM32M")).hasValue(4);
    assertThat(YosysStat.lutsOfRam("RAM64M")).hasValue(4);
    assertThat(YosysStat.lutsOfRam("RAM64M8")).hasValue(8);
    assertThat(YosysStat.lutsOfRam("RAM32M16")).hasValue(8);
    assertThat(YosysStat.lutsOfRam("RAMB36E1")).isEmpty();
  }
}
