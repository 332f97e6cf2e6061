// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.integer.IntegerNetwork;

/** Layers that run one by one. */
public record LayersPart(int first, int last, IntegerNetwork network) implements OverlayPart {
  /** The layers of a network from {@code first} to {@code last}. */
  static LayersPart of(IntegerNetwork whole, int first, int last) {
    return new LayersPart(first, last, whole.part(first, last));
  }
}
