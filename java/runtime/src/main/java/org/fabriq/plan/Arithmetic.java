// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;

/** The arithmetics that a network is run in. */
public enum Arithmetic {
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
  public boolean quantized() {
    return this != F32 && this != F32F32;
  }

  /** Whether layers are summed in integers. */
  public boolean sumsIntegers() {
    return this == I8I8 || this == INTEGER;
  }

  /** The name in options, tables and JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The arithmetic that a {@link #label} names, in small letters or capitals.
   *
   * @throws InvalidArgumentException if it names none
   */
  public static Arithmetic of(String label) {
    for (Arithmetic arithmetic : values()) {
      if (arithmetic.label().equalsIgnoreCase(label)) {
        return arithmetic;
      }
    }
    throw new InvalidArgumentException(
        "'%s' is no arithmetic; there are %s"
            .formatted(
                label,
                Arrays.stream(values()).map(Arithmetic::label).collect(Collectors.joining(", "))));
  }
}
