// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

/** The arithmetics that {@code fabriq compare} sets side by side. */
enum Variant {
  /** fp32, all layers on the CPU: the baseline. */
  F32("f32"),
  /** fp32 x fp32 on the device. */
  F32F32("f32f32"),
  /** fp32 x int8 on the device. */
  F32I8("f32i8"),
  /** int8 x int8 on the device. */
  I8I8("i8i8");

  private final String label;

  Variant(String label) {
    this.label = label;
  }

  /** Whether weights are quantized. */
  boolean quantized() {
    return this == F32I8 || this == I8I8;
  }

  /** The name in tables and JSON. */
  String label() {
    return label;
  }
}
