// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.fabriq.ShapeException;
import org.fabriq.data.Samples;
import org.junit.jupiter.api.Test;

class MlpTrainerTest {
  private final MlpTrainer trainer =
      new MlpTrainer(TrainingRecipe.standard(1), Path.of("not-needed"));

  @Test
  void rateStepsDownAfterHalfAndThreeQuarters() {
    TrainingRecipe recipe = TrainingRecipe.standard(1);
    assertThat(recipe.rate(0)).isEqualTo(1e-3f);
    assertThat(recipe.rate(3)).isEqualTo(1e-3f);
    assertThat(recipe.rate(4)).isEqualTo(3e-4f);
    assertThat(recipe.rate(5)).isEqualTo(3e-4f);
    assertThat(recipe.rate(6)).isEqualTo(1e-4f);
    assertThat(recipe.rate(7)).isEqualTo(1e-4f);
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    Samples images = Samples.ofPixels(new byte[32 * 32], 32, 32).withLabels(0);
    assertThatThrownBy(() -> trainer.train(images, (epoch, loss, weights) -> {}))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("32 x 32");
  }

  @Test
  void labelBeyondNineIsRefusedWithItsImage() {
    Samples images = Samples.ofPixels(new byte[3 * 784], 28, 28).withLabels(0, 9, 10);
    assertThatThrownBy(() -> trainer.train(images, (epoch, loss, weights) -> {}))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("label 10 of image 2");
  }
}
