// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static org.assertj.core.api.Assertions.assertThat;

import org.fabriq.overlay.OverlayProgram;
import org.junit.jupiter.api.Test;

/** What programs keep to is what the descriptor of their kernel says. */
class NetworkDescriptorTest {
  @Test
  void aRunHasAsManyChunksAsTheKernelTakes() {
    assertThat(KernelDescriptor.of(KernelDescriptor.NETWORK).limits().chunks())
        .isEqualTo(OverlayProgram.MAX_CHUNKS);
  }
}
