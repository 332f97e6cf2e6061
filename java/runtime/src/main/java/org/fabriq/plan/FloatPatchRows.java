// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.nio.FloatBuffer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Lays the windows of fp32 images, channels last, out as the rows of A: a column per (channel of
 * the group, i, j), the order in which {@link org.fabriq.model.Conv2dLayer} adds. Padding is 0.
 */
final class FloatPatchRows extends Patches {

  /**
   * @param channels of a group
   */
  FloatPatchRows(SampleShape image, Window window, int channels) {
    super(image, window, channels);
  }

  @Override
  void fill(Tensor images, int group, int from, int to, Tensor a) {
    FloatBuffer in = ((Float32Tensor) images).floats();
    FloatBuffer out = ((Float32Tensor) a).floats();
    for (int row = from; row < to; row++) {
      int sample = row / rowsPerSample();
      int y = row / outputWidth % outputHeight;
      int x = row % outputWidth;
      int at = (row - from) * columns();
      for (int tap = 0; tap < window.taps(); tap++) {
        int line = window.row(y, tap / window.kernelWidth());
        int column = window.column(x, tap % window.kernelWidth());
        boolean within =
            line >= 0 && line < image.height() && column >= 0 && column < image.width();
        int pixel = (sample * image.height() + line) * image.width() + column;
        int first = pixel * image.channels() + group * channels;
        for (int channel = 0; channel < channels; channel++) {
          out.put(at + channel * window.taps() + tap, within ? in.get(first + channel) : 0);
        }
      }
    }
  }
}
