// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.fabriq.kernel.MatmulWeights;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/** MatMul in fp32 and Add, by ONNX Runtime. */
final class OnnxFloatProduct implements Product {
  private final OnnxMultiplication multiplication;
  private final FloatOperands operands;

  OnnxFloatProduct(OnnxRuntimeArithmetic library, MatmulWeights weights) {
    operands = FloatOperands.of(weights);
    multiplication =
        new OnnxMultiplication(library, OnnxModels.matmul(operands.b(), operands.bias()));
  }

  @Override
  public void multiply(Tensor a, Tensor c) {
    multiplication.run(a, c);
    operands.finish((Float32Tensor) c);
  }

  @Override
  public void release() {
    multiplication.close();
  }
}
