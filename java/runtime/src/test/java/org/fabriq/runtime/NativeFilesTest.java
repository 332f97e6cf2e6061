// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who lacks a part is told what gets it: another build, or packages before that. */
class NativeFilesTest {
  @AfterEach
  void forgetTheBuild() {
    System.clearProperty("fabriq.build");
  }

  @Test
  void theDemosBuildIsCompletedByTheLauncher() {
    System.setProperty("fabriq.build", "demo");
    assertThat(NativeFiles.remedy("libfabriq_kernels.so"))
        .isEqualTo(EmulationModel.RTL.remedy())
        .contains("run scripts/fabriq without --demo")
        .doesNotContain("setup.sh");
  }

  @Test
  void otherBuildsLackPackages() {
    System.setProperty("fabriq.build", "all");
    assertThat(NativeFiles.remedy("libfabriq_xrt.so")).contains("scripts/setup.sh --xrt");
  }

  /** {@code fabriq devices} and opening one say the same. */
  @Test
  void whatIsAvailableSaysWhichEmulationsAre() {
    DeviceProvider xrt =
        Device.providers().stream()
            .filter(provider -> provider.scheme().equals("xrt"))
            .findFirst()
            .orElseThrow();
    try {
      assertThat(xrt.probe())
          .contains(
              EmulationModel.HOST.inBuild()
                  ? "; sw_emu and hw_emu, the latter with model "
                  : "; boards alone, since the emulations are not in this build: ");
    } catch (DeviceUnavailableException e) {
      assertThat(e).hasMessageMatching("(?s).*(libxrt|libfabriq_xrt).*");
    }
  }
}
