// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;

class ValueHistogramTest {
  private static List<String> bins(ValueHistogram histogram) {
    List<String> bins = new ArrayList<>();
    histogram.forEach((low, high, count) -> bins.add(low + " " + high + " " + count));
    return bins;
  }

  private static ValueHistogram histogram(float... values) {
    ValueHistogram histogram = new ValueHistogram();
    histogram.add(Float32Tensor.of(values, values.length));
    return histogram;
  }

  @Test
  void binsAscendAndEndAtTheLimits() {
    double width = 0x1p-10;
    assertThat(bins(histogram(1, -2, 1 + (float) width / 2, 1024, 0, -0f)))
        .containsExactly(
            "-2.0 -2.0 1",
            -0x1p-136 + " -0.0 1",
            "0.0 " + 0x1p-136 + " 1",
            "1.0 " + (1 + width) + " 2",
            "1024.0 1024.0 1");
  }

  @Test
  void orderAndBatchesDoNotMatter() {
    Float32Tensor values = Gaussian.tensor("histogram", 1000);
    ValueHistogram whole = new ValueHistogram();
    whole.add(values);
    ValueHistogram parts = new ValueHistogram();
    parts.add(values.rows(990, 1000));
    parts.add(values.rows(0, 7));
    parts.add(values.rows(7, 990));
    assertThat(bins(parts)).isEqualTo(bins(whole));
    assertThat(parts.limits()).isEqualTo(whole.limits());
    assertThat(parts.count()).isEqualTo(1000);
  }

  @Test
  void extremesHaveBins() {
    float max = Float.MAX_VALUE;
    assertThat(bins(histogram(max, -max, Float.MIN_VALUE, Float.POSITIVE_INFINITY)))
        .hasSize(3)
        .first()
        .asString()
        .startsWith("" + -(double) max);
    assertThat(histogram(Float.NEGATIVE_INFINITY).count()).isZero();
    assertThat(histogram(Float.NEGATIVE_INFINITY).limits()).isEqualTo(new ValueRange(0, 0));
  }

  @Test
  void nothingOfABatchWithNanIsCounted() {
    ValueHistogram histogram = histogram(1, 2);
    Float32Tensor broken = Float32Tensor.of(new float[] {9, Float.NaN}, 2);
    assertThatThrownBy(() -> histogram.add(broken))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("index 1");
    assertThat(histogram.count()).isEqualTo(2);
    assertThat(histogram.limits().max()).isEqualTo(2);
    assertThatThrownBy(() -> new ValueHistogram().limits())
        .isInstanceOf(FabriqException.class)
        .hasMessageContaining("0 batches");
  }
}
