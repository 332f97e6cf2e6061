// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;

class LabelledImagesTest {
  private final LabelledImages images =
      new LabelledImages(new byte[] {0, 51, -1, 1, 2, 3, 4, 5}, 1, 2, new byte[] {7, 8, 9, 0});

  @Test
  void inputsArePixelsOver255() {
    assertThat(images.inputs(0, 2).toArray()).containsExactly(0f, 51 / 255f, 1f, 1 / 255f);
  }

  @Test
  void aMatrixThatExistsTakesAsManyAsItHasRows() {
    Float32Tensor into = Float32Tensor.of(new float[] {9, 9, 9, 9, 9, 9}, 3, 2);
    images.inputs(1, into.rows(0, 2));
    assertThat(into.toArray()).containsExactly(1f, 1 / 255f, 2 / 255f, 3 / 255f, 9f, 9f);
    images.inputs(1, into);
    assertThat(into.mismatches(images.inputs(1, 4))).isZero();
  }

  @Test
  void aMatrixOfAnotherWidthOrTooManyRowsIsRefused() {
    assertThatThrownBy(() -> images.inputs(0, Float32Tensor.allocate(2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("1 x 2 pixels")
        .hasMessageContaining("FLOAT32[2, 3]")
        .hasMessageContaining("give it 2 columns");
    assertThatThrownBy(() -> images.inputs(2, Float32Tensor.allocate(3, 2)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theLastBatchHasWhatIsLeft() {
    assertThat(images.batches(3)).extracting(Float32Tensor::rows).containsExactly(3, 1);
  }
}
