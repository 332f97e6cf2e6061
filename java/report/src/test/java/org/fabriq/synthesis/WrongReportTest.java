// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong files give an error that names file and line; folders pick what is a report. */
class WrongReportTest {
  @TempDir private Path folder;

  static String[] samples() {
    return ReportSamples.ALL;
  }

  private void assertRefused(Path path, String... parts) {
    assertThatThrownBy(() -> ResourceReports.read(path))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContainingAll(parts);
  }

  private Path text(String name, String content) {
    return ReportSamples.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void truncatedXmlNamesTheLine() {
    byte[] whole = ReportSamples.bytes("matmul_i8i8_csynth.xml");
    Path cut =
        ReportSamples.write(folder.resolve("cut.xml"), Arrays.copyOf(whole, whole.length / 2));
    assertRefused(cut, "line 2", "cut short");
  }

  /** Whatever the place of the cut: the whole result or a typed error, never a part of it. */
  @ParameterizedTest
  @MethodSource("samples")
  void everyTruncationIsReadOrRefusedWithItsLine(String sample) {
    byte[] whole = ReportSamples.bytes(sample);
    List<ResourceReport> expected = ResourceReports.read(ReportSamples.copy(sample, folder));
    Path file = folder.resolve("cut");
    for (int length = 0; length < whole.length; length += 1 + length / 40) {
      ReportSamples.write(file, Arrays.copyOf(whole, length));
      try {
        assertThat(ResourceReports.read(file))
            .as("cut after %d of %d bytes", length, whole.length)
            .usingRecursiveFieldByFieldElementComparatorIgnoringFields("source")
            .isEqualTo(expected);
      } catch (FileFormatException e) {
        assertThat(e).hasMessageContaining(file + ", line ");
      }
    }
    assertThat(expected).isNotEmpty();
  }

  @Test
  void anotherToolsReportNamesWhatItBeginsWith() {
    assertRefused(
        text("power.rpt", "Quartus Prime Fitter report\nTotal ALMs 12\n"),
        "line 1",
        "Quartus Prime",
        "Vitis HLS");
  }

  @Test
  void otherXmlIsNoReport() {
    assertRefused(text("pom.xml", "<?xml version=\"1.0\"?>\n<project/>\n"), "line 1");
    assertRefused(text("empty_csynth.xml", "<profile>\n</profile>\n"), "line 2", "TopModelName");
    assertRefused(
        text("bomb.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]>\n<profile>&a;</profile>"), "line 2");
  }

  @Test
  void emptyAndBinaryFilesAreRefused() {
    assertRefused(text("empty.rpt", ""), "line 1", "0 bytes");
    assertRefused(text("kernels.xclbin", "xclbin2\0\0\0"), "binary");
    assertRefused(folder.resolve("missing.rpt"), "cannot be read: no such file");
  }

  @Test
  void folderWithoutReportsIsRefused() throws IOException {
    assertRefused(folder, "no report");
    text("run.rpt", "Power report\n");
    text("data.json", "{}\n");
    assertRefused(folder, "no report among files of other kinds");
    Files.createDirectory(folder.resolve("inner"));
    ReportSamples.copy("yosys_stat.json", folder.resolve("inner"));
    assertThat(ResourceReports.read(folder)).hasSize(1);
  }

  @Test
  void numbersThatAreNoneNameTheirLine() {
    String xml = new String(ReportSamples.bytes("matmul_i8i8_csynth.xml"), StandardCharsets.UTF_8);
    assertRefused(
        text("lut.xml", xml.replace("<LUT>13402", "<LUT>many")), "line 47", "'many'", "a number");
    String timing = new String(ReportSamples.bytes("timing_routed.rpt"), StandardCharsets.UTF_8);
    assertRefused(text("t.rpt", timing.replace(" -0.521 ", " bad!! ")), "line 48", "bad!!");
  }

  @Test
  void genericNetlistIsRefused() {
    String stat = new String(ReportSamples.bytes("yosys_stat.json"), StandardCharsets.UTF_8);
    assertRefused(text("generic.json", stat.replace("CARRY4", "$add")), "$add", "synth_xilinx");
    assertRefused(
        text("many.json", stat.replaceAll("(\"CARRY4\" *): *[0-9]+", "$1: \"many\"")),
        "line ",
        "CARRY4: \"many\"",
        "number of cells");
  }

  @Test
  void folderPrefersXmlAndJoinsTiming() {
    ReportSamples.copy("matmul_i8i8_csynth.xml", folder);
    ReportSamples.copy("utilization_routed.rpt", folder);
    ReportSamples.copy("timing_routed.rpt", folder);
    byte[] text = ReportSamples.bytes("vivado_hls_2018_csynth.rpt");
    ReportSamples.write(folder.resolve("matmul_i8i8_csynth.rpt"), text);
    ReportSamples.write(folder.resolve("csynth.rpt"), text);
    List<ResourceReport> reports = ResourceReports.read(folder);
    assertThat(reports)
        .extracting(ResourceReport::name)
        .containsExactly("matmul_i8i8", "matmul_top");
    assertThat(reports.get(1).clock().target()).hasValue(6.667);
    assertThat(reports.get(1).used().get(Resource.DSP)).hasValue(216);
  }

  @Test
  void devicesAreFoundInEverySpelling() {
    assertThat(FpgaDevice.ofPart("xc7z020clg484-1")).contains(FpgaDevice.XC7Z020);
    assertThat(FpgaDevice.ofPart("7z020-clg484")).contains(FpgaDevice.XC7Z020);
    assertThat(FpgaDevice.ofPart("XCK26-SFVC784-2LV-C")).contains(FpgaDevice.XCK26);
    assertThat(FpgaDevice.ofPart("xcu50-fsvh2104-2-e")).contains(FpgaDevice.U50);
    assertThat(FpgaDevice.ofPart("xcu55c-fsvh2892-2L-e")).contains(FpgaDevice.U55C);
    assertThat(FpgaDevice.ofPart("xc7z010clg400-1")).isEmpty();
    assertThatThrownBy(() -> FpgaDevice.of("u9"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("xc7z020, zu7ev, xck26, u50, u200, u250, u280, u55c");
    for (FpgaDevice device : FpgaDevice.values()) {
      assertThat(FpgaDevice.of(device.label())).isEqualTo(device);
    }
  }

  @Test
  void labFiguresAreTheLabs() {
    LabFigures lab = LabFigures.load();
    assertThat(lab.kernels())
        .extracting(LabFigures.Kernel::variant)
        .containsExactly("f32f32", "f32i8", "i8i8");
    ResourceReport i8i8 = lab.kernel("i8i8").report();
    assertThat(i8i8.used()).isEqualTo(ResourceCounts.of(1588, 643, 1, 20, 0));
    assertThat(i8i8.cycles().latencyMax()).hasValue(561234);
    assertThat(lab.wordLengths()).hasSize(8);
    assertThat(lab.wordLengths().get(1).accuracy()).isEqualTo(0.8575);
  }
}
