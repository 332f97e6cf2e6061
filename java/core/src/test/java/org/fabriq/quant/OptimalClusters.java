// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Arrays;

/**
 * The least sum of squared errors that k centroids can reach, by dynamic programming over sorted
 * values: cost[j][i] = min over m of cost[j-1][m] + error of one cluster of values m to i.
 */
final class OptimalClusters {
  private OptimalClusters() {}

  static double squaredError(float[] values, int clusters) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] before = new double[sorted.length + 1];
    Arrays.fill(before, 1, before.length, Double.POSITIVE_INFINITY);
    for (int j = 0; j < clusters; j++) {
      double[] cost = new double[sorted.length + 1];
      for (int i = 1; i <= sorted.length; i++) {
        cost[i] = Double.POSITIVE_INFINITY;
        for (int m = 0; m < i; m++) {
          cost[i] = Math.min(cost[i], before[m] + error(sorted, m, i));
        }
      }
      before = cost;
    }
    return before[sorted.length];
  }

  private static double error(float[] sorted, int from, int to) {
    double mean = 0;
    for (int i = from; i < to; i++) {
      mean += (double) sorted[i] / (to - from);
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (sorted[i] - mean) * (sorted[i] - mean);
    }
    return sum;
  }
}
