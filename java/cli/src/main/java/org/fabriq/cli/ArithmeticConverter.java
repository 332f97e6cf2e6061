// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;
import org.fabriq.plan.Arithmetic;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an {@link Arithmetic}; of one that has got another name it tells that. */
final class ArithmeticConverter implements ITypeConverter<Arithmetic> {
  @Override
  public Arithmetic convert(String text) {
    if (text.equalsIgnoreCase("graph")) {
      throw new TypeConversionException("'graph' is now called integer");
    }
    try {
      return Arithmetic.of(text);
    } catch (InvalidArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
