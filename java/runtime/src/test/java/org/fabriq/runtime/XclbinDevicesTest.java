// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.xclbin.XclbinTarget;
import org.junit.jupiter.api.Test;

class XclbinDevicesTest {
  private static final String MODE = "XCL_EMULATION_MODE";

  @Test
  void aBoardTakesXclbinsForBoards() {
    assertThat(XclbinDevices.board(Map.of())).isEqualTo(XclbinTarget.HW);
    assertThat(XclbinDevices.board(Map.of(MODE, ""))).isEqualTo(XclbinTarget.HW);
  }

  @Test
  void anEmulationOfTheVendorTakesItsOwn() {
    assertThat(XclbinDevices.board(Map.of(MODE, "hw_emu"))).isEqualTo(XclbinTarget.HW_EMU);
    assertThatThrownBy(() -> XclbinDevices.board(Map.of(MODE, "hwemu")))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("hw_emu");
  }

  @Test
  void aModeThatFabriqSetForAnotherProgramDoesNotCount() {
    assertThat(XclbinDevices.board(Map.of(MODE, "sw_emu", "FABRIQ_XRT_ROOT", "/tmp/root")))
        .isEqualTo(XclbinTarget.HW);
  }
}
