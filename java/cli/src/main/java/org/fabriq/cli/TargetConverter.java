// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;
import org.fabriq.overlay.OverlayTarget;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a target. */
final class TargetConverter implements ITypeConverter<OverlayTarget> {
  @Override
  public OverlayTarget convert(String name) {
    try {
      return OverlayTarget.named(name);
    } catch (InvalidArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
