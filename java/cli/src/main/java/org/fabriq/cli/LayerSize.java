// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.InvalidArgumentException;
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

  /**
   * The inputs of the first of some layers, then the outputs of each.
   *
   * @param option that gives the layers
   * @throws InvalidArgumentException if one takes other inputs than the one before it gives
   */
  static int[] chain(String option, List<LayerSize> layers) {
    int[] sizes = new int[layers.size() + 1];
    sizes[0] = layers.get(0).k;
    for (int i = 0; i < layers.size(); i++) {
      LayerSize layer = layers.get(i);
      if (layer.k != sizes[i]) {
        throw new InvalidArgumentException(
            "%s: %s takes %d inputs, but the layer before it gives %d; give the layers in order"
                .formatted(option, layer, layer.k, sizes[i]));
      }
      sizes[i + 1] = layer.n;
    }
    return sizes;
  }

  @Override
  public String toString() {
    return k + "x" + n;
  }
}
