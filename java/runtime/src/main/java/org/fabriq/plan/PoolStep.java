// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;

/** Pooling in the host's memory, all channels of a window at once. */
abstract class PoolStep implements Step {
  private final SampleShape image;
  private final SampleShape shape;
  private final Window window;

  PoolStep(StepPlace place, Window window) {
    this.image = place.image();
    this.shape = place.shape();
    this.window = window;
  }

  /** Forgets the pixels taken. */
  abstract void clear();

  /** Takes the channels of a pixel, of which the first is at this index. */
  abstract void take(int first);

  /**
   * Writes what becomes of the pixels taken.
   *
   * @param first the index of the first channel
   * @param within how many pixels were taken: those of the window within the image
   */
  abstract void write(int first, int within);

  @Override
  public void run(int samples, LayerTimes times) {
    int to = 0;
    for (int sample = 0; sample < samples; sample++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          clear();
          write(to, reduce(sample, y, x));
          to += image.channels();
        }
      }
    }
  }

  private int reduce(int sample, int y, int x) {
    int within = 0;
    for (int i = 0; i < window.kernelHeight(); i++) {
      int row = window.row(y, i);
      for (int j = 0; j < window.kernelWidth(); j++) {
        int column = window.column(x, j);
        if (row >= 0 && row < image.height() && column >= 0 && column < image.width()) {
          take(((sample * image.height() + row) * image.width() + column) * image.channels());
          within++;
        }
      }
    }
    return within;
  }
}
