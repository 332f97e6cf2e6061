// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.fabriq.kernel.IntegerEpilogue;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/** MatMulInteger by ONNX Runtime, A as u8, and FabriQ's epilogue. */
final class OnnxIntegerProduct implements Product {
  private final OnnxMultiplication multiplication;
  private final IntegerEpilogue epilogue;
  private final boolean signed;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /** What a thread needs for the last M. */
  private static final class Scratch {
    private Int8Tensor turned;
    private Int32Tensor products;

    Int8Tensor turned(Tensor a) {
      if (turned == null || !turned.hasShapeOf(a)) {
        turned = Int8Tensor.allocate(a.rows(), a.columns());
      }
      return turned;
    }

    Int32Tensor products(Tensor c) {
      if (products == null || !products.hasShapeOf(c)) {
        products = Int32Tensor.allocate(c.rows(), c.columns());
      }
      return products;
    }
  }

  private OnnxIntegerProduct(
      OnnxRuntimeArithmetic library, WeightsI8I8 weights, byte[] model, boolean signed) {
    this.multiplication = new OnnxMultiplication(library, model);
    this.epilogue = new IntegerEpilogue(weights);
    this.signed = signed;
  }

  /**
   * For any A, which is copied with its sign bits turned.
   *
   * @param signedB whether B is taken as s8, else as u8 with zero point 128
   */
  static OnnxIntegerProduct ofSigned(
      OnnxRuntimeArithmetic library, WeightsI8I8 weights, boolean signedB) {
    return new OnnxIntegerProduct(
        library, weights, OnnxModels.matmulInteger(weights.b(), signedB), true);
  }

  /** For A without negative codes, which is used where it lies; B is taken as s8. */
  static OnnxIntegerProduct ofNonNegative(OnnxRuntimeArithmetic library, WeightsI8I8 weights) {
    return new OnnxIntegerProduct(
        library, weights, OnnxModels.matmulIntegerNonNegative(weights.b()), false);
  }

  @Override
  public void multiply(Tensor a, Tensor c) {
    Scratch own = scratch.get();
    Tensor left = a;
    if (signed) {
      left = own.turned(a);
      UnsignedCodes.flip(a.memory(), left.memory());
    }
    Int32Tensor products = own.products(c);
    multiplication.run(left, products);
    epilogue.finish((Int8Tensor) a, products, c);
  }

  @Override
  public void release() {
    multiplication.close();
  }
}
