// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Activation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the word of an activation function. */
final class ActivationConverter implements ITypeConverter<Activation> {
  @Override
  public Activation convert(String word) {
    try {
      return Activation.of(word);
    } catch (InvalidArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
