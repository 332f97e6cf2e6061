// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Watches the values of a tensor over batches and chooses their encoding. Batches are not kept
 * unless a class says so. Of one thread at a time.
 */
public interface EncodingObserver {
  /**
   * Takes a batch in.
   *
   * @throws InvalidArgumentException at a NaN, with its index; nothing of the batch was taken in
   */
  void observe(Float32Tensor batch);

  /**
   * The encoding for all batches so far; more may follow.
   *
   * @throws FabriqException if there was no batch
   */
  Encoding encoding();

  /** The error of an encoding of no batches. */
  static FabriqException nothingObserved() {
    return new FabriqException("nothing seen in 0 batches; observe at least one batch first");
  }
}
