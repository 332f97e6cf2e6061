// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/** Weights as codes: of an {@link Encoding}, or of a {@link Codebook}. */
public sealed interface QuantizedWeights permits QuantizedTensor, CodebookTensor {
  /** The bits of a code. */
  int bits();

  /** The real values the codes stand for, in a new tensor. */
  Float32Tensor dequantize();

  /** What a kernel of int8 weights gets; of a codebook, see {@link CodebookTensor#integers}. */
  QuantizedTensor integers();

  /** The codes in the bits they need. */
  PackedCodes pack();

  /** The bytes of the packed codes and of what gives them their meaning. */
  long bytes();
}
