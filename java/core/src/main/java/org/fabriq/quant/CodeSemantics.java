// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

/** What the integer codes of a layer stand for. */
public enum CodeSemantics {
  /** A code stands for {@code (code - zeroPoint) * scale}: the meaning of quantization. */
  RESCALED,

  /**
   * A code is used as if it were the value itself: the scale is forgotten after quantizing, and
   * int8 outputs are clamped without being rescaled (M = 1). What the lab did; it costs accuracy
   * and is offered for comparison.
   */
  LITERAL;

  /** The encoding by which codes are read back under these semantics. */
  public Encoding reading(Encoding encoding) {
    return this == RESCALED ? encoding : encoding.withUnitScale();
  }
}
