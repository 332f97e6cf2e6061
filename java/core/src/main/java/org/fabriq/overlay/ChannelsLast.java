// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.model.SampleShape;

/** Where codes lie whose channels come last: a row of all channels for each pixel. */
final class ChannelsLast {
  private ChannelsLast() {}

  /**
   * The places for those in samples with channels first.
   *
   * @param places counted over all samples; those below 0 stay
   */
  static int[] of(int[] places, SampleShape shape) {
    int[] moved = places.clone();
    int pixels = shape.height() * shape.width();
    for (int i = 0; i < moved.length; i++) {
      if (places[i] >= 0) {
        int within = places[i] % shape.size();
        int channel = within / pixels;
        moved[i] += within % pixels * shape.channels() + channel - within;
      }
    }
    return moved;
  }
}
