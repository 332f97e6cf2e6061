// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.fabriq.ShapeException;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Int8Tensor;

/**
 * How the host gives images to a program: 64-bit words, the code of lane 0 in the lowest bits,
 * pixel after pixel and in each channel block after channel block; or packed, as {@link
 * WindowWords} says.
 */
public final class ImagePacking {
  private static final int NOTHING = -1;
  private static final int OUTSIDE = -2;

  private final int images;
  private final int size;
  private final byte zero;
  private final int[] sources;

  /**
   * @param input what the program takes: of one image, or images as pixels
   * @param windows those of the first layer if its words are packed, or null
   * @param zero the code outside of images
   */
  ImagePacking(OverlayTensor input, int images, WindowWords windows, int zero) {
    this.images = images;
    this.size = input.pixels() * input.channels() / images;
    this.zero = (byte) zero;
    this.sources = windows == null ? plain(input, images) : packed(input, windows);
  }

  private ImagePacking(int images, int size, byte zero, int[] sources) {
    this.images = images;
    this.size = size;
    this.zero = zero;
    this.sources = sources;
  }

  /**
   * The same words of images whose channels come last: a row of all channels for each pixel.
   *
   * @param image the shape of one, as the network takes it
   */
  public ImagePacking channelsLast(SampleShape image) {
    if (image.size() != size) {
      throw new ShapeException(
          "images of %s, which must be %,d codes; give the network's input".formatted(image, size));
    }
    return new ImagePacking(images, size, zero, ChannelsLast.of(sources, image));
  }

  /** For each lane of each word the code that it takes. */
  private static int[] plain(OverlayTensor input, int images) {
    int[] sources = new int[input.words() * OverlayTarget.LANES];
    int blockChannels = input.blocks() * OverlayTarget.LANES;
    for (int i = 0; i < sources.length; i++) {
      int pixel = i / blockChannels;
      int channel = i % blockChannels;
      int source =
          images > 1 ? pixel * input.channels() + channel : channel * input.pixels() + pixel;
      sources[i] = channel < input.channels() ? source : NOTHING;
    }
    return sources;
  }

  private static int[] packed(OverlayTensor input, WindowWords windows) {
    OverlayTensor words = windows.words();
    int[] sources = new int[words.words() * OverlayTarget.LANES];
    Arrays.fill(sources, NOTHING);
    int used = windows.rows() * windows.pixels() * input.channels();
    for (int word = 0; word < words.words(); word++) {
      for (int lane = 0; lane < used; lane++) {
        int pixel = lane / input.channels() % windows.pixels();
        int row = lane / input.channels() / windows.pixels();
        int y = word / words.width() * windows.rowStep() - windows.topRows() + row;
        int x = word % words.width() * windows.pixelStep() - windows.leftPixels() + pixel;
        boolean inside = y >= 0 && y < input.height() && x >= 0 && x < input.width();
        int channel = lane % input.channels();
        sources[word * OverlayTarget.LANES + lane] =
            inside ? (channel * input.height() + y) * input.width() + x : OUTSIDE;
      }
    }
    return sources;
  }

  /** The 64-bit words of a run of the records: of one image, or of all that are its pixels. */
  public int words() {
    return sources.length / OverlayTarget.LANES;
  }

  /** The images of a run. */
  public int images() {
    return images;
  }

  /** The runs that images take. */
  public int runs(int samples) {
    return OverlayTensor.ceil(samples, images);
  }

  /**
   * Writes the words of images; allocates nothing.
   *
   * @param codes M images of codes, each as the network takes it
   * @param chunks {@link #runs}(M) x 8 {@link #words()}: a row for each run, written completely;
   *     what the last one has no images for becomes 0
   * @throws ShapeException if either is of another size
   */
  public void pack(Int8Tensor codes, Int8Tensor chunks) {
    int samples = codes.dimension(0);
    if (codes.size() != samples * size) {
      throw new ShapeException(
          "images %s, of which each must be %,d codes; give the network's input"
              .formatted(codes, size));
    }
    int runs = runs(samples);
    if (chunks.rows() != runs || chunks.columns() != sources.length) {
      throw new ShapeException(
          "a place %s for %d images, which take [%d, %d]"
              .formatted(chunks, samples, runs, sources.length));
    }
    ByteBuffer from = codes.memory();
    ByteBuffer to = chunks.memory();
    for (int run = 0; run < runs; run++) {
      pack(from, run * images * size, to, run * sources.length);
    }
  }

  private void pack(ByteBuffer codes, int first, ByteBuffer chunks, int at) {
    int held = codes.limit() - first;
    for (int lane = 0; lane < sources.length; lane++) {
      int source = sources[lane];
      byte code = source == OUTSIDE ? zero : 0;
      chunks.put(at + lane, source >= 0 && source < held ? codes.get(first + source) : code);
    }
  }
}
