// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Locale;

/** The arithmetics that a network is run in. */
enum Arithmetic {
  /** fp32, all layers on the CPU: the baseline. */
  F32,
  /** fp32 x fp32 on the device. */
  F32F32,
  /** fp32 x int8 on the device, activation functions in fp32. */
  F32I8,
  /** int8 x int8 on the device, activation functions in fp32. */
  I8I8,
  /** Integers from the input's codes to the outputs. */
  INTEGER;

  /** Whether weights are quantized. */
  boolean quantized() {
    return this != F32 && this != F32F32;
  }

  /** Whether layers are summed in integers. */
  boolean sumsIntegers() {
    return this == I8I8 || this == INTEGER;
  }

  /** The name in options, tables and JSON. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
