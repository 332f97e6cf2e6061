// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Int8Tensor;

/**
 * A program of {@code network_i8}, checked, with the sizes of its runs. Immutable; any number of
 * threads may share it.
 *
 * <p>A run takes a matrix of images, chunks x {@link #imageBytes()}, and gives a matrix of results,
 * chunks x {@link #resultBytes()}: for each chunk the words of an image, or of several that are its
 * pixels, as {@link ImagePacking} makes them and {@link ResultPacking} reads them.
 */
public final class OverlayProgram {
  /** The most chunks of one run, as the descriptor of {@code network_i8} says. */
  public static final int MAX_CHUNKS = 65_535;

  private final ByteBuffer image;
  private final ProgramHeader header;
  private final int imageWords;
  private final int resultWords;

  private OverlayProgram(byte[] bytes, ProgramHeader header) {
    this.image =
        ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().order(ByteOrder.LITTLE_ENDIAN);
    this.header = header;
    this.imageWords = header.get("image_words");
    this.resultWords = header.get("result_words");
  }

  /**
   * Takes a program from its image.
   *
   * @param image as docs/overlay.md states it; copied
   * @throws InvalidArgumentException if it is none, or damaged
   */
  public static OverlayProgram of(byte[] image) {
    return new OverlayProgram(image, ProgramImage.read(image).header());
  }

  /**
   * Makes a program.
   *
   * @throws InvalidArgumentException if images or results have more words than the form allows
   */
  static OverlayProgram of(ProgramImage image) {
    return new OverlayProgram(image.bytes(), image.header());
  }

  /** A copy of the image. */
  public byte[] bytes() {
    byte[] bytes = new byte[image.capacity()];
    image.get(0, bytes);
    return bytes;
  }

  /** The image, direct, from position 0 on; a new view that can only be read. */
  public ByteBuffer image() {
    return image.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The 64-bit words of images of a chunk. */
  public int imageWords() {
    return imageWords;
  }

  /** The 64-bit words of results of a chunk. */
  public int resultWords() {
    return resultWords;
  }

  /** The bytes of images of a chunk. */
  public int imageBytes() {
    return imageWords * Long.BYTES;
  }

  /** The bytes of results of a chunk. */
  public int resultBytes() {
    return resultWords * Long.BYTES;
  }

  /**
   * Checks what a run is given.
   *
   * @throws ShapeException if the matrices are not as this class says
   */
  public void checkOperands(Int8Tensor images, Int8Tensor results) {
    int chunks = images.rows();
    if (chunks > MAX_CHUNKS) {
      throw new ShapeException(
          "images %s, limit %,d rows, the chunks of a run; run them in parts"
              .formatted(images, MAX_CHUNKS));
    }
    if (images.columns() != imageBytes()) {
      throw new ShapeException(
          "images %s, of which a row must be the %,d bytes of a chunk; pack them by the plan"
              .formatted(images, imageBytes()));
    }
    if (results.rows() != chunks || results.columns() != resultBytes()) {
      throw new ShapeException(
          "results %s of images %s; the program gives [%d, %d]"
              .formatted(results, images, chunks, resultBytes()));
    }
  }

  /**
   * Checks that a kernel can hold the program.
   *
   * @throws InvalidArgumentException if it has less of something than the program takes
   */
  public void checkFits(OverlayTarget target) {
    checkFits("records", target.records());
    checkFits("weights", target.firstQuarterEntries());
    checkFits("taps", target.tapRows());
    checkFits("columns", target.columnEntries());
    checkFits("tables", target.tables());
  }

  private void checkFits(String count, int has) {
    int takes = header.get(count);
    if (takes > has) {
      throw new InvalidArgumentException(
          "the program takes %d %s, limit %d on this device; plan the network for Device.overlay()"
              .formatted(takes, HeaderLayout.NETWORK_I8.word(count).text(), has));
    }
  }

  /** As {@code program of 12,345 bytes, images of 128 words, results of 2}. */
  @Override
  public String toString() {
    return "program of %,d bytes, images of %,d words, results of %,d"
        .formatted(image.capacity(), imageWords, resultWords);
  }
}
