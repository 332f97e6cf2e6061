// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.fabriq.xclbin.DefaultXclbins;
import org.fabriq.xclbin.XclbinTarget;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs of native/test that need an xclbin or take one, over the emulated devices. */
@Timeout(300)
class NativeBoardTest {
  static Stream<String> devices() {
    return ContractDevices.emulations();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void boardTestPasses(String address) throws Exception {
    assertPasses("board_test", address);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void networkRunsTestPasses(String address) throws Exception {
    assertPasses("network_runs_test", address);
  }

  private static void assertPasses(String name, String address) throws Exception {
    Path program = Path.of(System.getProperty("fabriq.test.natives")).resolve("../../test/" + name);
    ProcessBuilder builder =
        new ProcessBuilder(program.normalize().toString()).redirectErrorStream(true);
    builder.environment().put("FABRIQ_TEST_DEVICE", address + "?xclbin=" + xclbin(address));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** With host code as kernels: the test is of the host's part. */
  private static Path xclbin(String address) {
    XclbinTarget target = Fault.target(address);
    EmulationModel model = target == XclbinTarget.SW_EMU ? EmulationModel.HOST : EmulationModel.CPP;
    return DefaultXclbins.get(target, 1, model.payload(), model.clockMhz());
  }
}
