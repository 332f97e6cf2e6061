// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;
import org.fabriq.overlay.OverlayTarget;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A target that an option names. */
record NamedTarget(String name, OverlayTarget sizes) {
  /** Reads a name. */
  static final class Converter implements ITypeConverter<NamedTarget> {
    @Override
    public NamedTarget convert(String name) {
      try {
        return new NamedTarget(name, OverlayTarget.named(name));
      } catch (InvalidArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
