// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every way to set a range promises, and what is particular to one. */
class RangeSettingTest {
  private static ValueRange range(String spec, Float32Tensor... batches) {
    CalibratedQuantizer quantizer = (CalibratedQuantizer) QuantizerSpec.parse(spec);
    RangeObserver observer = quantizer.setting().observer(quantizer.encoder());
    for (Float32Tensor batch : batches) {
      observer.observe(batch);
    }
    return observer.range();
  }

  private static Float32Tensor tensor(float... values) {
    return Float32Tensor.of(values, values.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "symmetric:4,min-max",
        "affine:4,moving-average=0.9",
        "affine:8,percentile=99.0",
        "affine:4,mse",
        "symmetric:8,mse",
        "symmetric:4,sqnr",
        "affine:8,cross-entropy"
      })
  void degenerateValuesHaveDefinedRanges(String spec) {
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(range(spec, tensor(0, 0, -0f))).isEqualTo(new ValueRange(0, 0));
    assertThat(range(spec, tensor(infinity, -infinity))).isEqualTo(new ValueRange(0, 0));
    assertThat(range(spec, tensor(5.1f))).isEqualTo(new ValueRange(0, 5.1f));
    assertThat(range(spec, tensor(-3, -3, -3))).isEqualTo(new ValueRange(-3, 0));
    assertThat(range(spec, tensor(7, infinity), tensor(7)).max()).isEqualTo(7);
    assertThatThrownBy(() -> range(spec))
        .isInstanceOf(FabriqException.class)
        .hasMessageContaining("0 batches");
    assertThatThrownBy(() -> range(spec, tensor(1), tensor(2, Float.NaN)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("index 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "affine:8,min-max",
        "affine:8,percentile=97.3",
        "affine:3,mse",
        "symmetric:4,sqnr",
        "symmetric:3,cross-entropy"
      })
  void batchesDoNotMatter(String spec) {
    Float32Tensor values = Gaussian.tensor(spec, 100, 10);
    ValueRange whole = range(spec, values);
    assertThat(range(spec, values.rows(0, 1), values.rows(1, 60), values.rows(60, 100)))
        .isEqualTo(whole);
  }

  @Test
  void movingAverageForgets() {
    Float32Tensor first = tensor(-1, 4);
    Float32Tensor second = tensor(-3, 0);
    assertThat(range("affine:8,moving-average=0.75", first, second))
        .isEqualTo(new ValueRange(-1.5f, 3));
    assertThat(range("affine:8,moving-average=0", first, second)).isEqualTo(new ValueRange(-3, 0));
    assertThat(range("affine:8,moving-average=0.75", first, second, first))
        .isEqualTo(new ValueRange(-1.375f, 3.25f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {50.1, 75, 90, 99, 99.9, 100})
  void percentileIsTheNearestRank(double percent) {
    Float32Tensor values = Gaussian.tensor("percentile", 2000);
    float[] sorted = values.toArray();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * 2000);
    float max = Math.max(0, sorted[rank - 1]);
    float min = Math.min(0, sorted[2000 - rank]);
    ValueRange range = range("affine:8,percentile=" + percent, values);
    assertThat(range.max()).isBetween(max, Math.min(sorted[1999], max * (1 + 0x1p-10f)));
    assertThat(range.min()).isBetween(Math.max(sorted[0], min * (1 + 0x1p-10f)), min);
  }

  @Test
  void anOutlierNeitherMovesNorCoarsensTheRest() {
    Float32Tensor values = Gaussian.tensor("outlier", 1000);
    ValueRange without = range("affine:8,percentile=99.0", values);
    ValueRange with = range("affine:8,percentile=99.0", values, tensor(1e30f));
    assertThat(with.max()).isBetween(without.max(), without.max() * 1.1f);
    assertThat(range("affine:8,min-max", values, tensor(1e30f)).max()).isEqualTo(1e30f);
    float[] million = new float[1 << 20];
    for (int i = 0; i < million.length; i++) {
      million[i] = values.get(i % 1000);
    }
    ValueRange clipped = range("symmetric:4,mse", tensor(million), tensor(500));
    assertThat(clipped.max()).isBetween(1.5f, 20f);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6, 8})
  void leastMeanSquaredErrorIsThatOfADenseSearch(int bits) {
    Float32Tensor values = Gaussian.tensor("mse", 5000);
    SymmetricQuantizer quantizer = new SymmetricQuantizer(bits);
    double least = Double.POSITIVE_INFINITY;
    for (float limit = 0.5f; limit < 5; limit += 0.01f) {
      Encoding encoding = quantizer.encode(new ValueRange(-limit, limit));
      least = Math.min(least, SquaredError.mean(values, encoding));
    }
    Encoding found = new CalibratedQuantizer(quantizer, LeastNoiseRange.MSE).fit(values);
    assertThat(SquaredError.mean(values, found)).isLessThan(1.005 * least);
  }

  @Test
  void asymmetricSearchFindsBothEnds() {
    Float32Tensor values = Gaussian.tensor("asymmetric", 5000);
    for (int i = 0; i < values.size(); i++) {
      float x = values.get(i);
      values.set(i, x > 0 ? 10 * x * x : x);
    }
    AffineQuantizer quantizer = new AffineQuantizer(3);
    double least = Double.POSITIVE_INFINITY;
    for (float min = 0; min > -4; min -= 0.25f) {
      for (float max = 5; max < 150; max += 1) {
        Encoding encoding = quantizer.encode(new ValueRange(min, max));
        least = Math.min(least, SquaredError.mean(values, encoding));
      }
    }
    Encoding found = new CalibratedQuantizer(quantizer, LeastNoiseRange.MSE).fit(values);
    assertThat(SquaredError.mean(values, found)).isLessThan(1.005 * least);
  }

  @Test
  void weightOfClippingWidensTheRange() {
    Float32Tensor values = Gaussian.tensor("weight", 20_000);
    float mse = range("symmetric:4,mse", values).max();
    float sqnr = range("symmetric:4,sqnr", values).max();
    float wide = range("symmetric:4,sqnr=1000000000", values).max();
    assertThat(mse).isLessThan(sqnr);
    assertThat(sqnr).isLessThan(wide);
    assertThat(wide).isLessThanOrEqualTo(ValueRange.of(values).magnitude());
  }

  @Test
  void batchNormNeedsNoData() {
    float[] gamma = {1, -2, 0.5f};
    float[] beta = {0, 1, 20};
    assertThat(BatchNormRange.of(gamma, beta, 6)).isEqualTo(new ValueRange(-11, 23));
    assertThat(BatchNormRange.afterRelu(gamma, beta, 6)).isEqualTo(new ValueRange(0, 23));
    assertThat(BatchNormRange.of(new float[] {1}, new float[] {9}, 2))
        .isEqualTo(new ValueRange(0, 11));
    assertThatThrownBy(() -> BatchNormRange.of(gamma, new float[2], 6))
        .hasMessageContaining("3 gamma and 2 beta");
    assertThatThrownBy(() -> BatchNormRange.of(new float[0], new float[0], 6))
        .hasMessageContaining("0 gamma");
    assertThatThrownBy(() -> BatchNormRange.of(gamma, beta, 0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> BatchNormRange.of(new float[] {Float.NaN}, new float[1], 6))
        .hasMessageContaining("channel 0");
  }

  @Test
  void refusesRangesWithoutZero() {
    assertThatThrownBy(() -> new ValueRange(1, 2)).hasMessageContaining("[1.0, 2.0]");
    assertThatThrownBy(() -> new ValueRange(0, Float.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new ValueRange(Float.NEGATIVE_INFINITY, 0))
        .hasMessageContaining("Infinity");
  }
}
