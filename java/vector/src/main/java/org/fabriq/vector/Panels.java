// SPDX-License-Identifier: Apache-2.0
package org.fabriq.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * B in fp32, cut into panels of two vectors of columns, each panel K x width in one array; the last
 * one is padded with zeros. Products take 4 rows of A or 1 at a time, sums in registers over all k,
 * k ascending.
 */
final class Panels {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  static final int WIDTH = 2 * LANES;

  /** An element of B as fp32. */
  interface Element {
    float at(int k, int n);
  }

  private final float[][] panels;
  private final int k;
  private final int n;

  Panels(int k, int n, Element element) {
    this.k = k;
    this.n = n;
    this.panels = new float[(n + WIDTH - 1) / WIDTH][k * WIDTH];
    for (int i = 0; i < n; i++) {
      float[] panel = panels[i / WIDTH];
      for (int j = 0; j < k; j++) {
        panel[j * WIDTH + i % WIDTH] = element.at(j, i);
      }
    }
  }

  /** Columns of C, padded. */
  int paddedColumns() {
    return panels.length * WIDTH;
  }

  int columns() {
    return n;
  }

  /**
   * Sums of rows of A times columns of B.
   *
   * @param rows 1 to 4
   * @param a rows x K, dense
   * @param from the first k
   * @param to the end of k, excluded
   * @param c rows x {@link #paddedColumns()}, overwritten
   * @param fused whether products are rounded together with sums
   */
  void multiply(int rows, float[] a, int from, int to, float[] c, boolean fused) {
    for (int p = 0; p < panels.length; p++) {
      if (rows == 4 && fused) {
        fourFused(a, k, panels[p], from, to, c, p * WIDTH, paddedColumns());
      } else if (rows == 4) {
        four(a, k, panels[p], from, to, c, p * WIDTH, paddedColumns());
      } else {
        for (int r = 0; r < rows; r++) {
          one(a, r * k, panels[p], from, to, c, r * paddedColumns() + p * WIDTH, fused);
        }
      }
    }
  }

  private static void one(
      float[] a, int row, float[] b, int from, int to, float[] c, int at, boolean fused) {
    FloatVector left = FloatVector.zero(SPECIES);
    FloatVector right = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i++) {
      FloatVector value = FloatVector.broadcast(SPECIES, a[row + i]);
      FloatVector bLeft = FloatVector.fromArray(SPECIES, b, i * WIDTH);
      FloatVector bRight = FloatVector.fromArray(SPECIES, b, i * WIDTH + LANES);
      left = fused ? bLeft.fma(value, left) : bLeft.mul(value).add(left);
      right = fused ? bRight.fma(value, right) : bRight.mul(value).add(right);
    }
    left.intoArray(c, at);
    right.intoArray(c, at + LANES);
  }

  private static void four(
      float[] a, int k, float[] b, int from, int to, float[] c, int at, int stride) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int i = from; i < to; i++) {
      FloatVector left = FloatVector.fromArray(SPECIES, b, i * WIDTH);
      FloatVector right = FloatVector.fromArray(SPECIES, b, i * WIDTH + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = left.mul(a0).add(c00);
      c01 = right.mul(a0).add(c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[k + i]);
      c10 = left.mul(a1).add(c10);
      c11 = right.mul(a1).add(c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[2 * k + i]);
      c20 = left.mul(a2).add(c20);
      c21 = right.mul(a2).add(c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[3 * k + i]);
      c30 = left.mul(a3).add(c30);
      c31 = right.mul(a3).add(c31);
    }
    store(c00, c01, c, at);
    store(c10, c11, c, at + stride);
    store(c20, c21, c, at + 2 * stride);
    store(c30, c31, c, at + 3 * stride);
  }

  private static void fourFused(
      float[] a, int k, float[] b, int from, int to, float[] c, int at, int stride) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int i = from; i < to; i++) {
      FloatVector left = FloatVector.fromArray(SPECIES, b, i * WIDTH);
      FloatVector right = FloatVector.fromArray(SPECIES, b, i * WIDTH + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = left.fma(a0, c00);
      c01 = right.fma(a0, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[k + i]);
      c10 = left.fma(a1, c10);
      c11 = right.fma(a1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[2 * k + i]);
      c20 = left.fma(a2, c20);
      c21 = right.fma(a2, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[3 * k + i]);
      c30 = left.fma(a3, c30);
      c31 = right.fma(a3, c31);
    }
    store(c00, c01, c, at);
    store(c10, c11, c, at + stride);
    store(c20, c21, c, at + 2 * stride);
    store(c30, c31, c, at + 3 * stride);
  }

  private static void store(FloatVector left, FloatVector right, float[] c, int at) {
    left.intoArray(c, at);
    right.intoArray(c, at + LANES);
  }
}
