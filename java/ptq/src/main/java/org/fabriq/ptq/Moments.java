// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fabriq.tensor.Float32Tensor;

/** Sums of products of rows over batches, in double: transpose(X) * Y. */
final class Moments {
  private DMatrixRMaj sum;
  private long rows;

  /** Sums of nothing yet, one for each group. */
  static Moments[] ofGroups(int groups) {
    Moments[] moments = new Moments[groups];
    Arrays.setAll(moments, i -> new Moments());
    return moments;
  }

  /** Adds a batch: M x K and M x N. */
  void add(DMatrixRMaj x, DMatrixRMaj y) {
    if (sum == null) {
      sum = new DMatrixRMaj(x.numCols, y.numCols);
    }
    CommonOps_DDRM.multAddTransA(x, y, sum);
    rows += x.numRows;
  }

  /** K x N, the mean over rows. */
  DMatrixRMaj mean() {
    DMatrixRMaj mean = sum.copy();
    CommonOps_DDRM.divide(mean, rows);
    return mean;
  }

  /** A matrix of fp32 values as doubles. */
  static DMatrixRMaj matrix(Float32Tensor values) {
    DMatrixRMaj matrix = new DMatrixRMaj(values.rows(), values.columns());
    for (int i = 0; i < values.size(); i++) {
      matrix.data[i] = values.get(i);
    }
    return matrix;
  }
}
