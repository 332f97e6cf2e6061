// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.runtime.DeviceUnavailableException;
import org.junit.jupiter.api.Test;

class ConvolutionGradientsTest extends TorchTest {
  @Test
  void thisEngineIsRightWithTheInstructionsThatTestsAllow() {
    assertThatCode(() -> ConvolutionGradients.requireRight(engine)).doesNotThrowAnyException();
  }

  @Test
  void wrongGradientsAreRefusedWithTheRemedy() {
    assertThatThrownBy(
            () -> ConvolutionGradients.require(new float[] {1, 2.001f}, new double[] {1, 2}))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessageContaining("0.001")
        .hasMessageContaining("ONEDNN_MAX_CPU_ISA=SSE41");
    assertThatThrownBy(
            () -> ConvolutionGradients.require(new float[] {Float.NaN}, new double[] {1}))
        .isInstanceOf(DeviceUnavailableException.class);
  }
}
