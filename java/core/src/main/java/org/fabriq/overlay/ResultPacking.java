// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.nio.ByteBuffer;
import org.fabriq.ShapeException;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * How the results of a program are to be read: 64-bit words in the order in which the array makes
 * them, each of 8 codes or 2 sums, the first in the lowest bits.
 */
public final class ResultPacking {
  private final SampleShape shape;
  private final int size;
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
    this.size = shape.size();
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

  private ResultPacking(SampleShape shape, int images, boolean raw, int[] targets) {
    this.shape = shape;
    this.size = shape.size();
    this.images = images;
    this.raw = raw;
    this.targets = targets;
  }

  /** The same for results whose channels come last: a row of all channels for each pixel. */
  public ResultPacking channelsLast() {
    return new ResultPacking(shape, images, raw, ChannelsLast.of(targets, shape));
  }

  /** The 64-bit words that a record gives. */
  static int words(LayerRecord last) {
    return ResultOrder.of(last).size() * (last.is("raw") ? 4 : 1);
  }

  /** The 64-bit words of a run of the records. */
  public int words() {
    return targets.length / (raw ? 2 : OverlayTarget.LANES);
  }

  /** A new tensor of int8 or int32 for the results of M images, M x the network's integers. */
  public Tensor allocate(int samples) {
    return Tensor.allocate(raw ? DataType.INT32 : DataType.INT8, shape.tensorShape(samples));
  }

  /**
   * Reads the results of images; allocates nothing.
   *
   * @param chunks as many runs as the images take x 8 {@link #words()}
   * @param results as {@link #allocate} makes it for M images; written completely
   * @throws ShapeException if either is of another type or size
   */
  public void unpack(Int8Tensor chunks, Tensor results) {
    int samples = results.dimension(0);
    int runs = OverlayTensor.ceil(samples, images);
    DataType type = raw ? DataType.INT32 : DataType.INT8;
    if (results.type() != type || results.size() != samples * size) {
      throw new ShapeException(
          "a place %s for results, which are %s[%d, %d]".formatted(results, type, samples, size));
    }
    if (chunks.rows() != runs || chunks.columns() != words() * Long.BYTES) {
      throw new ShapeException(
          "results %s of %d images, which take [%d, %d]"
              .formatted(chunks, samples, runs, words() * Long.BYTES));
    }
    for (int run = 0; run < runs; run++) {
      int first = run * images * size;
      int from = run * targets.length;
      if (raw) {
        unpackSums(chunks.memory(), from, results.memory(), first, results.size());
      } else {
        unpackCodes(chunks.memory(), from, results.memory(), first, results.size());
      }
    }
  }

  private void unpackSums(ByteBuffer chunks, int from, ByteBuffer results, int first, int end) {
    for (int i = 0; i < targets.length; i++) {
      int target = first + targets[i];
      if (targets[i] >= 0 && target < end) {
        results.putInt(Integer.BYTES * target, chunks.getInt(Integer.BYTES * (from + i)));
      }
    }
  }

  private void unpackCodes(ByteBuffer chunks, int from, ByteBuffer results, int first, int end) {
    for (int i = 0; i < targets.length; i++) {
      int target = first + targets[i];
      if (targets[i] >= 0 && target < end) {
        results.put(target, chunks.get(from + i));
      }
    }
  }
}
