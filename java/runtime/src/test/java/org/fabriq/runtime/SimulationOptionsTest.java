// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.kernel.KernelType;
import org.fabriq.runtime.StageTimes.Cycles;
import org.fabriq.tensor.Tensor;
import org.fabriq.xclbin.XclbinTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an address asks of simulated kernels reaches them. */
class SimulationOptionsTest {
  private static final int FST_HEADER_BYTES = 329;

  @TempDir private Path folder;

  @BeforeEach
  void requireSimulator() {
    assumeTrue(
        EmulationModel.preferred(XclbinTarget.HW_EMU) == EmulationModel.RTL,
        "skipped: this build has no simulator");
    ContractDevices.emulated().toList();
  }

  @Test
  void slowerMemoryTakesMoreCycles() {
    long standard = busyCycles("xrt:hw_emu");
    assertThat(standard).isBetween(1024L, 2400L);
    assertThat(busyCycles("xrt:hw_emu?latency=230")).isGreaterThan(standard + 200);
    assertThat(busyCycles("xrt:hw_emu?bandwidth=50")).isGreaterThan(standard + 500);
    assertThat(busyCycles("xrt:hw_emu?shared=4")).isGreaterThan(standard + 500);
    assertThat(busyCycles("xrt:hw_emu")).isEqualTo(standard);
  }

  @Test
  void waveformsAreAFile() throws IOException {
    Path file = folder.resolve("kernels.fst");
    long cycles = busyCycles("xrt:hw_emu?trace=" + file);
    ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(file));
    assertThat(header.get()).isZero();
    assertThat(header.getLong()).isEqualTo(FST_HEADER_BYTES);
    assertThat(header.getLong()).as("start").isZero();
    assertThat(header.getLong()).as("end, ns").isGreaterThan(10 * cycles);
  }

  @Test
  void waveformsStayWithinTheirLimit() throws IOException {
    Path file = folder.resolve("kernels.fst");
    long cycles = busyCycles("xrt:hw_emu?trace-limit=8M&trace=" + file);
    assertThat(Files.size(file)).isBetween(4L << 20, 8L << 20);
    ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(file));
    assertThat(header.getLong(17)).as("end, ns").isBetween(1000L, 10 * cycles);
    byte[] version = new byte[128];
    header.get(74, version);
    assertThat(new String(version, StandardCharsets.US_ASCII).trim())
        .matches("fabriq: \\d+ cycles, 1 calls, limited");
  }

  @Test
  void theModelIsToldAndItsOptionsAreNoOthers() {
    try (Device device = Device.open("xrt:hw_emu")) {
      assertThat(device.description()).contains("model rtl");
    }
    try (Device device = Device.open("xrt:hw_emu?model=cpp")) {
      assertThat(device.description()).contains("model cpp");
    }
    assertRefused("xrt:hw_emu?model=cpp&trace=" + folder.resolve("a.fst"), "trace", "model=rtl");
    assertRefused("xrt:hw_emu?model=cpp&latency=10", "latency", "model cpp");
    assertRefused("xrt:hw_emu?trace=" + folder.resolve("none/a.fst"), "none", "is no folder");
    assertRefused("xrt:hw_emu?trace-limit=64M", "trace-limit", "trace=FILE too");
    String file = folder.resolve("a.fst").toString();
    assertRefused("xrt:hw_emu?trace-limit=4M&trace=" + file, "\"4M\"", "8M..1024G");
    assertRefused("xrt:hw_emu?model=cpp&trace-limit=64M", "trace-limit", "model=rtl");
    assertRefused("xrt:hw_emu?latency=0", "latency", "10000");
    assertThat(folder).isEmptyDirectory();
  }

  private static void assertRefused(String address, String... named) {
    assertThatThrownBy(() -> Device.open(address))
        .isInstanceOf(UnknownDeviceException.class)
        .hasMessageContainingAll(named);
  }

  /** Of 64 x 128 x 64 on a device that has done nothing yet. */
  private static long busyCycles(String address) {
    ContractCase problem =
        ContractCase.ALL.stream()
            .filter(c -> c.type() == KernelType.I8I8 && c.name().startsWith("64 128 64 "))
            .findFirst()
            .orElseThrow();
    try (Device device = Device.open(address);
        MatmulKernel kernel = device.matmul(problem.type());
        PreparedWeights weights = kernel.prepare(problem.weights())) {
      Tensor c = problem.output();
      StageTimes times = new StageTimes();
      kernel.multiply(problem.a(), weights, c, times);
      assertThat(problem.mismatches(device, c)).isZero();
      return times.cycles(Cycles.BUSY);
    }
  }
}
