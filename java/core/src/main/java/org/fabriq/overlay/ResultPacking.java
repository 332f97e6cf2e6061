// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Arrays;
import org.fabriq.ShapeException;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * How the results of a program are to be read: 64-bit words in the order in which the array makes
 * them, each of 8 codes or 2 sums, the first in the lowest bits.
 */
public final class ResultPacking {
  private final SampleShape shape;
  private final int images;
  private final boolean raw;
  private final int[] targets;

  /**
   * @param last the record that gives the results
   * @param out what it gives: of one image, or images as pixels
   * @param shape that of an image's results
   */
  ResultPacking(LayerRecord last, OverlayTensor out, SampleShape shape, int images) {
    this.shape = shape;
    this.images = images;
    this.raw = last.is("raw");
    this.targets = new int[ResultOrder.of(last).size() * OverlayTarget.LANES];
    int at = 0;
    for (ResultOrder.Word word : ResultOrder.of(last)) {
      for (int lane = 0; lane < OverlayTarget.LANES; lane++) {
        int channel = OverlayTarget.LANES * word.block() + lane;
        int target =
            images > 1
                ? word.pixel() * out.channels() + channel
                : channel * out.pixels() + word.pixel();
        targets[at++] = channel < out.channels() ? target : -1;
      }
    }
  }

  /** The 64-bit words that a record gives. */
  static int words(LayerRecord last) {
    return ResultOrder.of(last).size() * (last.is("raw") ? 4 : 1);
  }

  /** The 64-bit words of a run of the records. */
  public int words() {
    return targets.length / (raw ? 2 : OverlayTarget.LANES);
  }

  /**
   * The results of images, in a new tensor of int8 or int32, M x the shape of the network's
   * integers.
   *
   * @param samples M
   * @throws ShapeException if the words are fewer than those of its runs
   */
  public Tensor unpack(long[] words, int samples) {
    int runs = OverlayTensor.ceil(samples, images);
    if (words.length < runs * words()) {
      throw new ShapeException(
          "%,d words of results for %d images; there must be %,d"
              .formatted(words.length, samples, runs * words()));
    }
    int[] values = new int[runs * images * shape.size()];
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < targets.length; i++) {
        if (targets[i] >= 0) {
          values[run * images * shape.size() + targets[i]] = value(words, run * words(), i);
        }
      }
    }
    int[] dimensions = shape.tensorShape(samples);
    int[] asked = Arrays.copyOf(values, samples * shape.size());
    return raw ? Int32Tensor.of(asked, dimensions) : codes(asked, dimensions);
  }

  private int value(long[] words, int first, int i) {
    return raw
        ? (int) (words[first + i / 2] >> 32 * (i % 2))
        : (byte) (words[first + i / 8] >> 8 * (i % 8));
  }

  private static Int8Tensor codes(int[] values, int... dimensions) {
    byte[] codes = new byte[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) values[i];
    }
    return Int8Tensor.of(codes, dimensions);
  }
}
