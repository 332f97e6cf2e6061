// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.tensor.Float32Tensor;

/**
 * For logits: the range that gives the least mean cross entropy between softmax of the values and
 * softmax of what their codes stand for, over rows of the last axis (a scalar is one row): H = -
 * sum_i p_i log p'_i, natural logarithm, in double. It keeps the order of large logits at the cost
 * of the errors of small ones. Candidates are those of {@link LeastNoiseRange}; the limits win
 * ties. Word: {@code cross-entropy}.
 *
 * <p>Observers keep a copy of all batches. Rows with an infinity take no part.
 *
 * <p>Source: M. Nagel et al., "A White Paper on Neural Network Quantization", 2021, section 3.1.
 */
public record CrossEntropyRange() implements RangeSetting {
  @Override
  public RangeObserver observer(RangeQuantizer quantizer) {
    return new Observer(quantizer);
  }

  @Override
  public String name() {
    return "cross-entropy";
  }

  private static final class Observer implements RangeObserver {
    private final RangeQuantizer quantizer;
    private final List<float[]> rows = new ArrayList<>();
    private final List<double[]> probabilities = new ArrayList<>();
    private ValueRange limits;

    Observer(RangeQuantizer quantizer) {
      this.quantizer = quantizer;
    }

    @Override
    public void observe(Float32Tensor batch) {
      ValueRange own = ValueRange.of(batch);
      limits = limits == null ? own : limits.union(own);
      int classes = batch.rank() == 0 ? 1 : batch.dimension(batch.rank() - 1);
      for (int first = 0; first < batch.size(); first += classes) {
        float[] row = new float[classes];
        batch.floats().get(first, row);
        if (isFinite(row)) {
          rows.add(row);
          probabilities.add(softmax(row));
        }
      }
    }

    private static boolean isFinite(float[] row) {
      boolean finite = true;
      for (float x : row) {
        finite &= Float.isFinite(x);
      }
      return finite;
    }

    @Override
    public ValueRange range() {
      if (limits == null) {
        throw EncodingObserver.nothingObserved();
      }
      return ClippingSearch.leastCost(limits, quantizer.symmetric(), this::crossEntropy);
    }

    private double crossEntropy(ValueRange range) {
      Encoding encoding = quantizer.encode(range);
      double sum = 0;
      for (int i = 0; i < rows.size(); i++) {
        float[] row = rows.get(i).clone();
        for (int k = 0; k < row.length; k++) {
          row[k] = encoding.dequantize(encoding.quantize(row[k], 0), 0);
        }
        double normalizer = logSumExp(row);
        for (int k = 0; k < row.length; k++) {
          sum += probabilities.get(i)[k] * (normalizer - row[k]);
        }
      }
      return sum;
    }

    private static double[] softmax(float[] row) {
      double normalizer = logSumExp(row);
      double[] p = new double[row.length];
      for (int k = 0; k < row.length; k++) {
        p[k] = StrictMath.exp(row[k] - normalizer);
      }
      return p;
    }

    private static double logSumExp(float[] row) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (float x : row) {
        greatest = Math.max(greatest, x);
      }
      double sum = 0;
      for (float x : row) {
        sum += StrictMath.exp(x - greatest);
      }
      return greatest + StrictMath.log(sum);
    }
  }
}
