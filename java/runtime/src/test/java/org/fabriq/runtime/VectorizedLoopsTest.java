// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class VectorizedLoopsTest {
  @Test
  void vectorizedLoopsOf32BitArmAreRefusedWithTheRemedy() {
    assertThat(VectorizedLoops.fault("arm", () -> true))
        .get()
        .asString()
        .contains("-XX:-UseSuperWord");
  }

  @Test
  void othersAreNot() {
    assertThat(VectorizedLoops.fault("arm", () -> false)).isEmpty();
    assertThat(VectorizedLoops.fault("aarch64", () -> true)).isEmpty();
    assertThat(VectorizedLoops.fault("amd64", () -> true)).isEmpty();
    assertThatNoException().isThrownBy(VectorizedLoops::requireRight);
  }
}
