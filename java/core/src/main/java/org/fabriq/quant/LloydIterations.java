// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Arrays;

/**
 * k-means in one dimension. Clusters of sorted values are intervals, so an iteration is a binary
 * search per boundary and a sum per cluster whose interval changed.
 *
 * <p>A value belongs to the nearest centroid, to the lower one on ties. The first empty cluster
 * takes the value with the greatest error, the least such value on ties; without any error left it
 * stays. Both steps lower the mean squared error, so the iterations end when nothing changes; at
 * the latest after {@link #MAX_ITERATIONS}.
 *
 * <p>Source: S. Lloyd, "Least Squares Quantization in PCM", 1982.
 */
final class LloydIterations {
  static final int MAX_ITERATIONS = 1000;

  private final float[] sorted;
  private final double[] centroids;
  private final int[] ends;
  private final int[] summedFrom;
  private final int[] summedTo;

  /**
   * @param sorted ascending, finite
   * @param centroids ascending; the iterations change them
   */
  LloydIterations(float[] sorted, double[] centroids) {
    this.sorted = sorted;
    this.centroids = centroids;
    this.ends = new int[centroids.length];
    this.summedFrom = new int[centroids.length];
    this.summedTo = new int[centroids.length];
  }

  /** Runs to the end and gives the centroids, ascending. */
  double[] run() {
    boolean changed = true;
    for (int i = 0; i < MAX_ITERATIONS && changed; i++) {
      assign();
      changed = fillOneEmpty() || moveToMeans();
    }
    return centroids;
  }

  private void assign() {
    for (int j = 0; j < ends.length; j++) {
      boolean last = j + 1 == ends.length;
      ends[j] = last ? sorted.length : firstAbove(centroids[j] / 2 + centroids[j + 1] / 2);
    }
  }

  private int firstAbove(double boundary) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (sorted[middle] > boundary) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int start(int cluster) {
    return cluster == 0 ? 0 : ends[cluster - 1];
  }

  private boolean moveToMeans() {
    boolean changed = false;
    for (int j = 0; j < centroids.length; j++) {
      int from = start(j);
      if (ends[j] > from && (summedFrom[j] != from || summedTo[j] != ends[j])) {
        double mean = mean(from, ends[j]);
        changed |= mean != centroids[j];
        centroids[j] = mean;
        summedFrom[j] = from;
        summedTo[j] = ends[j];
      }
    }
    return changed;
  }

  private double mean(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += sorted[i];
    }
    return Math.max(sorted[from], Math.min(sorted[to - 1], sum / (to - from)));
  }

  private boolean fillOneEmpty() {
    int empty = -1;
    double worst = 0;
    float value = 0;
    for (int j = 0; j < centroids.length; j++) {
      if (ends[j] == start(j)) {
        empty = empty < 0 ? j : empty;
      } else {
        for (float x : new float[] {sorted[start(j)], sorted[ends[j] - 1]}) {
          double error = Math.abs(x - centroids[j]);
          value = error > worst ? x : value;
          worst = Math.max(worst, error);
        }
      }
    }
    if (empty < 0 || worst == 0) {
      return false;
    }
    moveInOrder(empty, value);
    return true;
  }

  private void moveInOrder(int from, float value) {
    int at = from;
    for (; at > 0 && centroids[at - 1] > value; at--) {
      centroids[at] = centroids[at - 1];
    }
    for (; at + 1 < centroids.length && centroids[at + 1] < value; at++) {
      centroids[at] = centroids[at + 1];
    }
    centroids[at] = value;
    Arrays.fill(summedTo, 0);
  }
}
