// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;

import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyRangeTest {
  private static final int CLASSES = 10;

  /** Logits with one clear class per row. */
  private static Float32Tensor logits() {
    Float32Tensor logits = Gaussian.tensor("logits", 500, CLASSES);
    for (int row = 0; row < logits.rows(); row++) {
      for (int k = 0; k < CLASSES; k++) {
        float x = logits.get(row, k);
        logits.set(row, k, k == row % CLASSES ? 9 + x : 3 * x - 4);
      }
    }
    return logits;
  }

  private static double[] softmax(Float32Tensor logits, int row) {
    double[] p = new double[CLASSES];
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      p[k] = Math.exp(logits.get(row, k));
      sum += p[k];
    }
    for (int k = 0; k < CLASSES; k++) {
      p[k] /= sum;
    }
    return p;
  }

  private static double crossEntropy(Float32Tensor logits, Encoding encoding) {
    Float32Tensor back = encoding.dequantize(encoding.quantize(logits));
    double sum = 0;
    for (int row = 0; row < logits.rows(); row++) {
      double[] p = softmax(logits, row);
      double[] q = softmax(back, row);
      for (int k = 0; k < CLASSES; k++) {
        sum -= p[k] * Math.log(q[k]);
      }
    }
    return sum / logits.rows();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void isThatOfADenseSearchOverBothEnds(int bits) {
    Float32Tensor logits = logits();
    AffineQuantizer quantizer = new AffineQuantizer(bits);
    double least = Double.POSITIVE_INFINITY;
    for (float min = 0; min > -16; min -= 0.5f) {
      for (float max = 2; max < 14; max += 0.25f) {
        Encoding encoding = quantizer.encode(new ValueRange(min, max));
        least = Math.min(least, crossEntropy(logits, encoding));
      }
    }
    Encoding found = new CalibratedQuantizer(quantizer, new CrossEntropyRange()).fit(logits);
    assertThat(crossEntropy(logits, found)).isLessThan(1.05 * least);
  }

  @Test
  void beatsTheOtherRangesAtItsAim() {
    Float32Tensor logits = logits();
    double own = crossEntropy(logits, QuantizerSpec.parse("affine:4,cross-entropy").fit(logits));
    for (String other : new String[] {"affine:4", "affine:4,mse", "affine:4,percentile=99.9"}) {
      assertThat(crossEntropy(logits, QuantizerSpec.parse(other).fit(logits)))
          .as(other)
          .isGreaterThan(own);
    }
  }

  @Test
  void rowsWithInfinitiesTakeNoPart() {
    Quantizer quantizer = QuantizerSpec.parse("symmetric:4,cross-entropy");
    float[] row = {9, -4, 2};
    float[] more = {9, -4, 2, Float.POSITIVE_INFINITY, 1, 1};
    assertThat(quantizer.fit(Float32Tensor.of(more, 2, 3)))
        .isEqualTo(quantizer.fit(Float32Tensor.of(row, 1, 3)));
  }
}
