// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.fabriq.importing.Refusal;
import org.fabriq.importing.RefusedModelException;
import org.fabriq.testing.ModelFolder;
import org.junit.jupiter.api.Test;

/** A public model that is not taken: each of its foreign nodes is named. */
class RefusedModelsTest {
  @Test
  void finnsThresholdsAreNamedOneByOne() {
    Path path = ModelFolder.file("misc/finn_tfc_w1a1_multithreshold.onnx");
    RefusedModelException refused =
        catchThrowableOfType(RefusedModelException.class, () -> new OnnxImporter().read(path));
    assertThat(refused.refusals())
        .extracting(Refusal::node)
        .containsExactly(
            "MultiThreshold_0",
            "MultiThreshold_1",
            "MultiThreshold_2",
            "MultiThreshold_3",
            "TopK_0");
    assertThat(refused).hasMessageContaining("5 operations").hasMessageNotContaining("\n");
  }
}
