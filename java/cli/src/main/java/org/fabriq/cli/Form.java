// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Locale;

/** The arithmetics that a quantized network is measured and written for. */
enum Form {
  /** fp32 x fp32, weights decoded beforehand. */
  F32F32,
  /** fp32 x int8, activation functions in fp32. */
  F32I8,
  /** int8 x int8, activation functions in fp32. */
  I8I8,
  /** Integers from the pixels to the logits. */
  GRAPH;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
