// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Watches the values of a tensor over batches and says which range its codes should cover.
 *
 * <p>Infinities take no part; they saturate later. Values that are all 0, or none of them finite,
 * give [0, 0]. Batches are not kept unless a class says so. Of one thread at a time.
 */
public interface RangeObserver {
  /**
   * Takes a batch in.
   *
   * @throws InvalidArgumentException at a NaN, with its index; nothing of the batch was taken in
   */
  void observe(Float32Tensor batch);

  /**
   * The range for all batches so far; more may follow.
   *
   * @throws FabriqException if there was no batch
   */
  ValueRange range();
}
