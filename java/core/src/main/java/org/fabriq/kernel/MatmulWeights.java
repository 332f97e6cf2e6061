// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.nio.ByteBuffer;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Tensor;

/**
 * The right side of C = A * B: B (K x N) and what the epilogue needs for each of its columns.
 * Everything that can be checked without A is checked when weights are made.
 *
 * <p>Immutable, if B is left alone: its tensor is taken over, not copied. Any number of threads may
 * share weights.
 */
public sealed interface MatmulWeights permits WeightsF32F32, WeightsF32I8, WeightsI8I8 {
  /** The kernel that multiplies with them. */
  KernelType type();

  /** What is written to C. */
  OutputType output();

  /** B, K x N. */
  Tensor b();

  /** Bits of an element of B where kernels read it: 32 in fp32, else 8, 4 or 2. */
  int bitsOfB();

  /**
   * B where kernels read it, without padding: itself, or, from 4 and 2 bits on, K rows of ceil(N *
   * bits / 8) bytes in the layout of {@link org.fabriq.quant.PackedCodes}. Packed at each call.
   */
  Tensor packedB();

  /**
   * The kernel's column parameters, read-only, direct, little-endian, N records of four 32-bit
   * words; always the same instance, use absolute access only.
   *
   * <pre>
   *  0       4                      8                16
   *  | bias  | scale / requantizer  | zero point of B | 0 |
   * </pre>
   *
   * <p>The bias is fp32 (-0 where there is none) or int32 with the zero point of A folded in; the
   * second word is an fp32 scale, {@link org.fabriq.quant.Requantization#word()}, or 0.
   */
  ByteBuffer columns();

  /** The inner size K. */
  default int k() {
    return b().rows();
  }

  /** The columns N. */
  default int n() {
    return b().columns();
  }

  /**
   * Checks the operands of a multiplication with these weights.
   *
   * @param a M x K, of the kernel's type
   * @param c M x N, of the output's type
   * @throws ShapeException if shapes do not fit or a size is over {@link KernelLimits}
   * @throws InvalidArgumentException if a type is wrong
   */
  default void checkOperands(Tensor a, Tensor c) {
    if (a.type() != type().typeOfA() || c.type() != output().type()) {
      throw new InvalidArgumentException(
          "A is %s and C is %s; %s takes A of %s and writes C of %s"
              .formatted(
                  a.type(), c.type(), type().kernelName(), type().typeOfA(), output().type()));
    }
    if (a.columns() != k() || c.columns() != n() || a.rows() != c.rows()) {
      throw new ShapeException(
          "A is %s, B is %s, C is %s; they must be M x K, K x N, M x N".formatted(a, b(), c));
    }
    KernelLimits.check(type(), a.rows(), k(), n());
  }
}
