// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.nio.ByteBuffer;
import java.util.List;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Tensor;

/** Steps in the host's memory that move elements of any type, channels last. */
final class HostSteps {
  private HostSteps() {}

  /** Computes the first samples of an output. */
  @FunctionalInterface
  interface Work {
    void run(int samples);
  }

  /** A step that has no times of its own. */
  static Step of(Work work) {
    return (samples, times) -> work.run(samples);
  }

  /** Images as vectors: channel after channel, row after row. */
  static Step flatten(StepPlace place) {
    SampleShape image = place.image();
    int pixels = image.height() * image.width();
    return of(
        samples ->
            ChannelOrder.toFirst(place.input(), place.output(), samples, image.channels(), pixels));
  }

  /** Channels of several tensors side by side. */
  static Step concat(StepPlace place) {
    List<Tensor> inputs = place.inputs();
    Tensor out = place.output();
    int pixels = place.shape().height() * place.shape().width();
    int pitch = out.columns() * out.elementBytes();
    return of(
        samples -> {
          int first = 0;
          for (int k = 0; k < inputs.size(); k++) {
            Tensor in = inputs.get(k);
            int bytes = in.columns() * in.elementBytes();
            for (int pixel = 0; pixel < samples * pixels; pixel++) {
              out.memory().put(pixel * pitch + first, in.memory(), pixel * bytes, bytes);
            }
            first += bytes;
          }
        });
  }

  /**
   * Pixels around images.
   *
   * @param padding a pixel of it
   */
  static Step pad(StepPlace place, int top, int left, ByteBuffer padding) {
    SampleShape image = place.image();
    SampleShape padded = place.shape();
    ByteBuffer in = place.input().memory();
    ByteBuffer out = place.output().memory();
    int pixel = padding.limit();
    int line = image.width() * pixel;
    return of(
        samples -> {
          for (int i = 0; i < samples * padded.height() * padded.width(); i++) {
            out.put(i * pixel, padding, 0, pixel);
          }
          for (int i = 0; i < samples * image.height(); i++) {
            int row = i / image.height() * padded.height() + i % image.height() + top;
            out.put((row * padded.width() + left) * pixel, in, i * line, line);
          }
        });
  }
}
