// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.integer.AddScaling;
import org.fabriq.integer.IntegerAdd;

/**
 * The sum of a layer's codes with another tensor, before they are written.
 *
 * @param tensor the other one, of the same shape
 * @param own the factor of the layer's codes; other that of the tensor's
 */
record OverlaySum(
    int tensor,
    int own,
    int other,
    int shift,
    int zeroOwn,
    int zeroOther,
    int zeroOut,
    int least,
    int greatest) {

  /**
   * The sum of an integer layer.
   *
   * @param ownIsLeft whether the layer's codes are its first input
   */
  static OverlaySum of(IntegerAdd add, AddScaling scaling, boolean ownIsLeft, int tensor) {
    int left = add.left().zeroPoint(0);
    int right = add.right().zeroPoint(0);
    return new OverlaySum(
        tensor,
        ownIsLeft ? scaling.left() : scaling.right(),
        ownIsLeft ? scaling.right() : scaling.left(),
        scaling.shift(),
        ownIsLeft ? left : right,
        ownIsLeft ? right : left,
        add.output().zeroPoint(0),
        add.least(),
        add.greatest());
  }
}
