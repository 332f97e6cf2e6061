// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample reports of this package's tests: short, in the form each tool writes. */
final class ReportSamples {
  static final String[] ALL = {
    "matmul_i8i8_csynth.xml",
    "vivado_hls_2019_csynth.xml",
    "vivado_hls_2018_csynth.rpt",
    "vitis_hls_2024_csynth.rpt",
    "vitis_summary_2021_csynth.rpt",
    "kernel_util_routed.rpt",
    "fabriq.xclbin.info",
    "utilization_routed.rpt",
    "utilization_synth_2018.rpt",
    "timing_routed.rpt",
    "yosys_stat.json",
    "yosys_stat_0_52.json"
  };

  private ReportSamples() {}

  static byte[] bytes(String name) {
    try (InputStream in = ReportSamples.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path copy(String name, Path folder) {
    return write(folder.resolve(name), bytes(name));
  }

  static Path write(Path file, byte[] content) {
    try {
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
