// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import org.fabriq.quant.Encoding;

/**
 * GPTQ of one output as its definition has it: after each weight is rounded, the weights that are
 * left become the least-squares optimum, from the inverse of what is left of the Hessian.
 */
final class ReferenceGptq {
  private ReferenceGptq() {}

  /** The codes of the weights, rounded in this order. */
  static int[] codes(double[] weights, double[][] hessian, int[] order, Encoding encoding) {
    double[] w = weights.clone();
    int[] codes = new int[w.length];
    for (int done = 0; done < w.length; done++) {
      int i = order[done];
      codes[i] = encoding.quantize((float) w[i], 0);
      int left = w.length - done;
      double[][] part = new double[left][left];
      for (int r = 0; r < left; r++) {
        for (int c = 0; c < left; c++) {
          part[r][c] = hessian[order[done + r]][order[done + c]];
        }
      }
      double[][] inverse = inverse(part);
      double error = (w[i] - encoding.dequantize(codes[i], 0)) / inverse[0][0];
      for (int r = 1; r < left; r++) {
        w[order[done + r]] -= error * inverse[0][r];
      }
    }
    return codes;
  }

  /** Gauss-Jordan. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      inverse[i][i] = 1;
    }
    for (int pivot = 0; pivot < n; pivot++) {
      double scale = matrix[pivot][pivot];
      for (int c = 0; c < n; c++) {
        matrix[pivot][c] /= scale;
        inverse[pivot][c] /= scale;
      }
      for (int r = 0; r < n; r++) {
        double factor = r == pivot ? 0 : matrix[r][pivot];
        for (int c = 0; c < n; c++) {
          matrix[r][c] -= factor * matrix[pivot][c];
          inverse[r][c] -= factor * inverse[pivot][c];
        }
      }
    }
    return inverse;
  }
}
