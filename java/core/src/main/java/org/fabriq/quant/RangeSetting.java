// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

/**
 * A way to set the range that codes cover. Implementations are immutable and equal by value.
 *
 * <p>Source of the methods: M. Nagel et al., "A White Paper on Neural Network Quantization", 2021,
 * section 3.1.
 */
public interface RangeSetting {
  /**
   * A new observer.
   *
   * @param quantizer what will encode the range; methods that weigh the error of codes use it
   */
  RangeObserver observer(RangeQuantizer quantizer);

  /** The word that stands for it in a {@link QuantizerSpec}. */
  String name();
}
