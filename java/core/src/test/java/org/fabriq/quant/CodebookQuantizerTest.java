// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.fabriq.InvalidArgumentException;
import org.fabriq.model.ShippedModel;
import org.fabriq.model.WeightedLayer;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodebookQuantizerTest {
  private static double error(Float32Tensor values, CodebookQuantizer quantizer) {
    return SquaredError.mean(values, quantizer.quantize(values).dequantize());
  }

  private static Float32Tensor tensor(float... values) {
    return Float32Tensor.of(values, values.length);
  }

  private static double uniform(Float32Tensor values, String spec) {
    return SquaredError.mean(values, QuantizerSpec.parse(spec).fit(values));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void beatsUniformCodesOfAsManyBits(int bits) {
    Float32Tensor values = Gaussian.tensor("codebook", 20_000);
    double plusPlus = error(values, new CodebookQuantizer(bits));
    assertThat(plusPlus).isLessThan(0.9 * uniform(values, "affine:" + bits + ",mse"));
    assertThat(error(values, new CodebookQuantizer(bits, CodebookStart.UNIFORM, 0)))
        .isLessThan(uniform(values, "affine:" + bits));
    if (bits <= 6) {
      assertThat(error(values, new CodebookQuantizer(bits, CodebookStart.QUANTILE, 0)))
          .isLessThan(uniform(values, "affine:" + bits));
    }
  }

  @Test
  void reachesTheOptimumOfTheNormalDistribution() {
    Float32Tensor values = Gaussian.tensor("Lloyd-Max", 200_000);
    double[] optimum = {0.3634, 0.1175, 0.03454, 0.009497};
    for (int bits = 1; bits <= 4; bits++) {
      double error = error(values, new CodebookQuantizer(bits));
      assertThat(error).isCloseTo(optimum[bits - 1], withinPercentage(2));
    }
  }

  @ParameterizedTest
  @EnumSource(CodebookStart.class)
  void neverBelowTheOptimumAndOftenAtIt(CodebookStart start) {
    float[] values = Gaussian.tensor("optimum", 60).toArray();
    for (int bits = 1; bits <= 3; bits++) {
      double optimum = OptimalClusters.squaredError(values, 1 << bits);
      double best = Double.POSITIVE_INFINITY;
      for (int seed = 0; seed < 50; seed++) {
        double own = 60 * error(tensor(values), new CodebookQuantizer(bits, start, seed));
        assertThat(own).isGreaterThan(optimum * (1 - 1e-6));
        best = Math.min(best, own);
      }
      double slack = start == CodebookStart.PLUS_PLUS ? 1.0001 : 1.3;
      assertThat(best).as("%d bits", bits).isLessThan(optimum * slack);
    }
  }

  @ParameterizedTest
  @EnumSource(CodebookStart.class)
  void isAFixedPoint(CodebookStart start) {
    Float32Tensor values = Gaussian.tensor("fixed point", 30, 40);
    CodebookQuantizer quantizer = new CodebookQuantizer(4, start, 3);
    CodebookTensor quantized = quantizer.quantize(values);
    assertThat(quantizer.quantize(values)).isEqualTo(quantized);
    float[] means = quantized.withMeansOf(values).codebook().centroids();
    assertThat(means).containsExactly(quantized.codebook().centroids(), within(1e-6f));
    assertThat(quantized.codebook().centroids()).isSorted();
    assertThat(new CodebookQuantizer(4, CodebookStart.PLUS_PLUS, 4).fit(values))
        .isNotEqualTo(new CodebookQuantizer(4, CodebookStart.PLUS_PLUS, 5).fit(values));
  }

  @ParameterizedTest
  @EnumSource(CodebookStart.class)
  void degenerateValuesHaveDefinedCodebooks(CodebookStart start) {
    CodebookQuantizer quantizer = new CodebookQuantizer(3, start, 1);
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(quantizer.fit(tensor(0, 0)).centroids()).containsOnly(0);
    assertThat(quantizer.fit(tensor(infinity)).centroids()).containsOnly(0);
    assertThat(quantizer.fit(tensor(5.1f)).centroids()).containsOnly(5.1f);
    float[] few = {3, -1, 3, 7, -1, 100, 0.1f};
    assertThat(quantizer.quantize(tensor(few)).dequantize().toArray()).isEqualTo(few);
    float[] saturated =
        quantizer.quantize(tensor(infinity, 1, 2, -infinity)).dequantize().toArray();
    assertThat(saturated).containsExactly(2, 1, 2, 1);
    assertThatThrownBy(() -> quantizer.fit(tensor(1, Float.NaN)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("index 1");
  }

  @ParameterizedTest
  @EnumSource(CodebookStart.class)
  void anOutlierGetsItsOwnCentroid(CodebookStart start) {
    float[] values = Gaussian.tensor("outlier", 1000).toArray();
    values[17] = -1e30f;
    Codebook codebook = new CodebookQuantizer(4, start, 1).fit(tensor(values));
    assertThat(codebook.centroid(0)).isEqualTo(-1e30f);
    values[17] = 0;
    float[] back = codebook.decode(codebook.encode(tensor(values))).toArray();
    assertThat(SquaredError.mean(tensor(values), tensor(back))).isLessThan(1.2);
  }

  @Test
  void savesDecibelsOnTheWeightsOfMnist() {
    for (String name : ShippedModel.MNIST.network().weightedLayers()) {
      WeightedLayer layer = ShippedModel.MNIST.network().weightedLayer(name);
      for (int bits : new int[] {2, 3, 4, 8}) {
        double own = error(layer.weight(), new CodebookQuantizer(bits));
        double uniform = uniform(layer.weight(), "affine:" + bits + ",mse");
        assertThat(10 * Math.log10(uniform / own)).as(layer.name() + bits).isGreaterThan(0.4);
      }
    }
  }

  @Test
  void refusesBitsOutOfRange() {
    assertThatThrownBy(() -> new CodebookQuantizer(0)).hasMessageContaining("0 bits");
    assertThatThrownBy(() -> new CodebookQuantizer(9)).hasMessageContaining("9 bits");
  }
}
