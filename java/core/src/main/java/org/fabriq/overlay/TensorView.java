// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.integer.IntegerPad;

/**
 * What a tensor of an integer network is in the overlay.
 *
 * @param tensor the one that holds its codes
 * @param pad padding that it has around that; null for none
 * @param own whether nothing else takes from that tensor, so that its layer may change it
 */
record TensorView(int tensor, IntegerPad pad, boolean own) {
  /** The same with padding. */
  TensorView with(IntegerPad padding) {
    return new TensorView(tensor, padding, false);
  }

  /** The same, taken through a layer. */
  TensorView through(boolean onlyReader) {
    return new TensorView(tensor, pad, own && onlyReader);
  }
}
