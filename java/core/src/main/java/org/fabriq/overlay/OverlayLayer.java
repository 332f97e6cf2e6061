// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.model.Window;

/**
 * A layer as the overlay runs it, with what is fused into it.
 *
 * @param name those of the integer layers that it is, joined by +
 * @param input the tensor it takes; output the one it gives
 * @param window of which the dilation is 1, but for the width of max pools
 * @param zeroIn the code outside the image
 * @param columns null for max pools
 * @param average whether bits that the first shift drops are no remainder, as for means
 * @param raw whether it gives its sums, not codes
 * @param table the code for each code, from the code 0 on; null for none
 * @param sum null for none; not with a table
 */
record OverlayLayer(
    String name,
    LayerKind kind,
    int input,
    int output,
    Window window,
    int zeroIn,
    OverlayColumns columns,
    boolean average,
    boolean raw,
    byte[] table,
    OverlaySum sum) {
  private static final Window POINT = Window.square(1, 1, 0);

  /** Codes as they are: what a table, a sum or padding of its own is hung on. */
  static OverlayLayer identity(String name, int input, int output) {
    return new OverlayLayer(
        name, LayerKind.MAX_POOL, input, output, POINT, -128, null, false, false, null, null);
  }

  /** Whether it sees one pixel and gives one for each. */
  boolean isPointwise() {
    return window.equals(POINT);
  }

  /** Whether rows of the array also write pixels that the next row writes anew. */
  boolean overwrites() {
    return kind != LayerKind.CONVOLUTION && window.strideWidth() > 2;
  }

  /** Whether what it gives can go to the results as it is. */
  boolean canEnd() {
    return sum == null && !overwrites();
  }

  /** The same with codes through a table at its end; behind the one that is there. */
  OverlayLayer withTable(String layer, byte[] codes) {
    byte[] composed = codes.clone();
    if (table != null) {
      for (int i = 0; i < composed.length; i++) {
        composed[i] = codes[table[i] & 255];
      }
    }
    return with(layer, composed, sum);
  }

  /** The same with another tensor added. */
  OverlayLayer withSum(String layer, OverlaySum added) {
    return with(layer, table, added);
  }

  private OverlayLayer with(String layer, byte[] codes, OverlaySum added) {
    return new OverlayLayer(
        name + "+" + layer,
        kind,
        input,
        output,
        window,
        zeroIn,
        columns,
        average,
        raw,
        codes,
        added);
  }

  /** The same with another window and code outside the image. */
  OverlayLayer within(Window other, int code) {
    return new OverlayLayer(
        name, kind, input, output, other, code, columns, average, raw, table, sum);
  }

  /** The same with another output. */
  OverlayLayer giving(int tensor) {
    return new OverlayLayer(
        name, kind, input, tensor, window, zeroIn, columns, average, raw, table, sum);
  }
}
