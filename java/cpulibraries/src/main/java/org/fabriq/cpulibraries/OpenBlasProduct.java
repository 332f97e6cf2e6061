// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.fabriq.kernel.MatmulWeights;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/** Weights for sgemm, which packs B at each call. A bias is put into C before, and added to. */
final class OpenBlasProduct implements Product {
  private final OpenBlasArithmetic library;
  private final FloatOperands operands;

  OpenBlasProduct(OpenBlasArithmetic library, MatmulWeights weights) {
    this.library = library;
    this.operands = FloatOperands.of(weights);
  }

  @Override
  public void multiply(Tensor a, Tensor c) {
    int m = a.rows();
    int k = a.columns();
    int n = c.columns();
    Float32Tensor result = (Float32Tensor) c;
    float[] bias = operands.bias();
    if (bias != null) {
      for (int row = 0; row < m; row++) {
        result.floats().put(row * n, bias);
      }
    }
    library.useThreads();
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        m,
        n,
        k,
        1,
        ((Float32Tensor) a).floats(),
        k,
        operands.b().floats(),
        n,
        bias == null ? 0 : 1,
        result.floats(),
        n);
    operands.finish(result);
  }
}
