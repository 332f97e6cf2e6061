// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an {@link Arithmetic}; of one that has got another name it tells that. */
final class ArithmeticConverter implements ITypeConverter<Arithmetic> {
  @Override
  public Arithmetic convert(String text) {
    for (Arithmetic arithmetic : Arithmetic.values()) {
      if (arithmetic.label().equalsIgnoreCase(text)) {
        return arithmetic;
      }
    }
    if (text.equalsIgnoreCase("graph")) {
      throw new TypeConversionException("'graph' is now called integer");
    }
    throw new TypeConversionException(
        "'%s' is no arithmetic; there are %s"
            .formatted(
                text,
                Arrays.stream(Arithmetic.values())
                    .map(Arithmetic::label)
                    .collect(Collectors.joining(", "))));
  }
}
