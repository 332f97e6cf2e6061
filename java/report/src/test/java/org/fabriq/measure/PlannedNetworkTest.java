// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.measure.PlannedNetwork.Program;
import org.fabriq.model.ShippedModel;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.RandomIntegerNetwork;
import org.junit.jupiter.api.Test;

/** The shipped network as programs, by formula. */
class PlannedNetworkTest {
  private static IntegerNetwork network(String weights) {
    Float32Tensor x = SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, 64).inputs(0, 64);
    return RandomIntegerNetwork.of(
        ShippedModel.DIGITS.network(), x, weights, "affine:8", OutputScales.CALIBRATED);
  }

  @Test
  void vectorsAreComputedTogether() {
    IntegerNetwork network = network("per-channel:symmetric:8");
    PlannedNetwork planned = PlannedNetwork.of(network, OverlayTarget.DEFAULT);
    assertThat(planned.fits()).isTrue();
    assertThat(planned.multiplications()).isEqualTo(784 * 128 + 128 * 64 + 64 * 10);
    assertThat(planned.imageBytes()).isEqualTo(784);
    List<Integer> images = planned.programs().stream().map(Program::images).toList();
    assertThat(images).startsWith(1, 2, 4, 8).doesNotHaveDuplicates();
    OverlayPlan alone = OverlayPlan.of(network, OverlayTarget.DEFAULT, 1);
    assertThat(planned.cycles(1)).isEqualTo(alone.cycles().alone());
    assertThat(planned.cycles(64)).isLessThan(64L * alone.cycles().following());
    assertThat(planned.arrayUse(64, planned.cycles(64))).isBetween(0.8, 1.0);
    for (int batch = 1; batch < 300; batch++) {
      assertThat(planned.cycles(batch + 1)).isGreaterThanOrEqualTo(planned.cycles(batch));
    }
  }

  @Test
  void whatIsNoProgramSaysWhy() {
    PlannedNetwork planned = PlannedNetwork.of(network("affine:8"), OverlayTarget.DEFAULT);
    assertThat(planned.fits()).isFalse();
    assertThat(planned.obstacles()).isNotEmpty().anyMatch(text -> text.contains("zero point"));
  }
}
