// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fabriq.data.Normalization.PIXELS;

import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples in memory. */
class SamplesTest {
  private final Samples images =
      Samples.ofPixels(new byte[] {0, 51, -1, 1, 2, 3, 4, 5}, 1, 2).withLabels(7, 8, 9, 0);

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
        .hasMessageContaining("1 x 2 values")
        .hasMessageContaining("float32[2, 3]")
        .hasMessageContaining("give it 2 columns");
    assertThatThrownBy(() -> images.inputs(2, Float32Tensor.allocate(3, 2)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theLastBatchHasWhatIsLeft() {
    assertThat(images.batches(3)).extracting(Float32Tensor::rows).containsExactly(3, 1);
  }

  @Test
  void partsKeepLabelsTargetsAndNames() {
    Samples part = images.withNames(List.of("a", "b", "c", "d")).range(1, 3);
    assertThat(part.count()).isEqualTo(2);
    assertThat(part.label(0)).isEqualTo(8);
    assertThat(part.names()).containsExactly("b", "c");
    assertThat(part.inputs(0, 2).mismatches(images.inputs(1, 3))).isZero();
    Float32Tensor targets = Float32Tensor.of(new float[] {1, 2, 3, 4}, 4, 1);
    Samples regression = images.withTargets(targets).range(2, 4);
    assertThat(regression.labelled()).isFalse();
    assertThat(regression.targets().orElseThrow().toArray()).containsExactly(3, 4);
    assertThatThrownBy(() -> images.range(2, 2)).isInstanceOf(ShapeException.class);
  }

  @Test
  void otherCountsAreRefused() {
    assertThatThrownBy(() -> images.withLabels(1, 2, 3))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("3 labels for 4 samples");
    assertThatThrownBy(() -> images.withTargets(Float32Tensor.allocate(5, 1)))
        .hasMessageContaining("5 targets for 4 samples");
    assertThatThrownBy(() -> Samples.ofPixels(new byte[5], 1, 2))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("5 pixels for samples of 1 x 2");
    assertThatThrownBy(() -> Samples.ofPixels(new byte[0], 1, 2))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> images.withLabels(0, 1, -2, 0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("label -2 of sample 2");
    assertThatThrownBy(
            () -> images.withLabels(new ClassLabels(new int[] {0, 2, 0, 0}, List.of("a", "b"))))
        .hasMessageContaining("label 2 of sample 1 is outside 0..1");
  }

  @Test
  void normalizationIsThatOfTorchvision() {
    Samples colour = Samples.ofPixels(new byte[] {0, 51, -1, 1, 2, 3}, 3, 1, 2);
    Normalization each = Normalization.parse("mean=0.5:0.4:0.3,std=0.2:0.3:0.4", PIXELS);
    assertThat(colour.normalized(each).inputs(0, 1).toArray())
        .containsExactly(
            (0f - 0.5f) / 0.2f,
            (51 / 255f - 0.5f) / 0.2f,
            (1f - 0.4f) / 0.3f,
            (1 / 255f - 0.4f) / 0.3f,
            (2 / 255f - 0.3f) / 0.4f,
            (3 / 255f - 0.3f) / 0.4f);
    assertThat(colour.arePixels()).isTrue();
    assertThat(colour.normalized(each).arePixels()).isFalse();
    assertThat(colour.normalized(Normalization.NONE).inputs(0, 1).toArray())
        .containsExactly(0, 51, 255, 1, 2, 3);
    assertThatThrownBy(() -> images.normalized(each))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("3 means for samples of 1 channels");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scale=1/255 | scale=1/255",
        "scale=0.5,mean=1,std=2 | scale=0.5,mean=1.0,std=2.0",
        "mean=-1e-1,std=.5 | scale=1/255,mean=-0.1,std=0.5",
      })
  void normalizationsAreRead(String text, String read) {
    assertThat(Normalization.parse(text, PIXELS)).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0.5",
        "0.5,0.5",
        "mean=1",
        "mean=1:2,std=1",
        "mean=1,std=0",
        "mean=1,std=-1",
        "mean=NaN,std=1",
        "mean=1,std=1e99",
        "scale=0",
        "scale=1/0",
        "scale=1/2/3",
        "scale=",
        "scale=1,scale=1",
        "size=1",
        "mean=1f,std=1"
      })
  void otherNormalizationsAreRefused(String text) {
    assertThatThrownBy(() -> Normalization.parse(text, PIXELS))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("scale=S, mean=M,std=D or both");
  }
}
