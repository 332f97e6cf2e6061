// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A layer to measure.
 *
 * @param k inputs, 1 to 999,999
 * @param n outputs, 1 to 999,999
 */
record LayerSize(int k, int n) {
  /** Reads {@code 128x64}. */
  static final class Converter implements ITypeConverter<LayerSize> {
    @Override
    public LayerSize convert(String text) {
      if (!text.matches("[1-9][0-9]{0,5}x[1-9][0-9]{0,5}")) {
        throw new TypeConversionException(
            "'%s' is not inputs x outputs, as 128x64".formatted(text));
      }
      int x = text.indexOf('x');
      return new LayerSize(
          Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
    }
  }

  @Override
  public String toString() {
    return k + "x" + n;
  }
}
