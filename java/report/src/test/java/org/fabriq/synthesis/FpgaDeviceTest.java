// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The totals of chips, against the roofline's list of them. */
class FpgaDeviceTest {
  private static final Path ROOFLINE =
      Path.of(System.getProperty("fabriq.shapes"))
          .resolve("../../rtl/roofline/devices.txt")
          .normalize();

  static List<String> roofline() throws IOException {
    return Files.readAllLines(ROOFLINE).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  @Test
  void theRooflineListsDevices() throws IOException {
    assertThat(Files.readString(ROOFLINE)).containsPattern("# name +LUT +FF +DSP +BRAM_18K ");
    assertThat(roofline()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("roofline")
  void theRooflineKnowsTheSameTotals(String line) {
    String[] fields = line.split(" +");
    ResourceCounts totals = FpgaDevice.of(fields[0]).totals();
    assertThat(FpgaDevice.of(fields[0]).label()).isEqualTo(fields[0]);
    Resource[] columns = {Resource.LUT, Resource.FF, Resource.DSP, Resource.BRAM_18K};
    for (int i = 0; i < columns.length; i++) {
      assertThat(totals.get(columns[i]))
          .as("%s of %s", columns[i], fields[0])
          .hasValue(Long.parseLong(fields[1 + i]));
    }
  }
}
