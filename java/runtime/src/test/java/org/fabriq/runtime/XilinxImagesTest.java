// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.image.ImageTarget;
import org.junit.jupiter.api.Test;

class XilinxImagesTest {
  private static final String MODE = "XCL_EMULATION_MODE";

  @Test
  void aBoardTakesImagesForBoards() {
    assertThat(XilinxImages.board(Map.of())).isEqualTo(ImageTarget.HW);
    assertThat(XilinxImages.board(Map.of(MODE, ""))).isEqualTo(ImageTarget.HW);
  }

  @Test
  void anEmulationOfTheVendorTakesItsOwn() {
    assertThat(XilinxImages.board(Map.of(MODE, "hw_emu"))).isEqualTo(ImageTarget.HW_EMU);
    assertThatThrownBy(() -> XilinxImages.board(Map.of(MODE, "hwemu")))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("hw_emu");
  }

  @Test
  void aModeThatFabriqSetForAnotherProgramDoesNotCount() {
    assertThat(XilinxImages.board(Map.of(MODE, "sw_emu", "FABRIQ_XRT_ROOT", "/tmp/root")))
        .isEqualTo(ImageTarget.HW);
  }
}
