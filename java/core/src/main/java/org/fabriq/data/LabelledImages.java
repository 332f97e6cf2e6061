// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Grey images with their classes.
 *
 * <p>The arrays are taken over, not copied: whoever hands them in, or gets them from an accessor,
 * must not change them. Then any number of threads may use the images.
 *
 * @param pixels count * rows * columns unsigned bytes, image by image, row-major
 * @param labels one unsigned byte per image
 */
public record LabelledImages(byte[] pixels, int rows, int columns, byte[] labels) {
  /**
   * @throws ShapeException if there is no image, or the pixels are not as many as the labels need
   */
  public LabelledImages {
    if (rows < 1 || columns < 1 || labels.length < 1) {
      throw new ShapeException(
          "%d images of %d x %d pixels; give at least one image of at least one pixel"
              .formatted(labels.length, rows, columns));
    }
    if (pixels.length != (long) labels.length * rows * columns) {
      throw new ShapeException(
          "%,d pixels for %,d labels of %d x %d pixels; images and labels must belong together"
              .formatted(pixels.length, labels.length, rows, columns));
    }
  }

  /** The number of images. */
  public int count() {
    return labels.length;
  }

  /** The class of image {@code i}, 0 to 255. */
  public int label(int i) {
    return labels[i] & 0xff;
  }

  /**
   * The images {@code from} (included) to {@code to} (excluded) as network inputs: one row of rows
   * * columns values each, pixel / 255 in fp32, half-even.
   *
   * @throws IndexOutOfBoundsException if the range is not within the images
   */
  public Float32Tensor inputs(int from, int to) {
    Objects.checkFromToIndex(from, to, count());
    Float32Tensor inputs = Float32Tensor.allocate(to - from, rows * columns);
    inputs(from, inputs);
    return inputs;
  }

  /**
   * The same of the images from {@code from} on, in a matrix that exists: as many as it has rows.
   *
   * @param into M x (rows * columns), overwritten
   * @throws IndexOutOfBoundsException if the range is not within the images
   * @throws ShapeException if its columns are not the pixels of an image
   */
  public void inputs(int from, Float32Tensor into) {
    Objects.checkFromIndexSize(from, into.rows(), count());
    int size = rows * columns;
    if (into.columns() != size) {
      throw new ShapeException(
          "images of %d x %d pixels do not fit %s; give it %d columns"
              .formatted(rows, columns, into, size));
    }
    float[] row = new float[size];
    for (int m = 0; m < into.rows(); m++) {
      for (int i = 0; i < size; i++) {
        row[i] = (pixels[(from + m) * size + i] & 0xff) / 255f;
      }
      into.floats().put(m * size, row);
    }
  }

  /**
   * All images as network inputs, in batches of at most so many; each is made when it is asked for.
   *
   * @param size at least 1
   */
  public Iterable<Float32Tensor> batches(int size) {
    int count = (count() + size - 1) / size;
    return () ->
        IntStream.range(0, count)
            .mapToObj(i -> inputs(i * size, Math.min(count(), (i + 1) * size)))
            .iterator();
  }

  /** The first {@code n} images, or all when there are fewer. */
  public LabelledImages head(int n) {
    return range(0, Math.min(n, count()));
  }

  /**
   * The images {@code from} (included) to {@code to} (excluded).
   *
   * @throws IndexOutOfBoundsException if the range is not within the images
   * @throws ShapeException if it is empty
   */
  public LabelledImages range(int from, int to) {
    Objects.checkFromToIndex(from, to, count());
    int size = rows * columns;
    return new LabelledImages(
        Arrays.copyOfRange(pixels, from * size, to * size),
        rows,
        columns,
        Arrays.copyOfRange(labels, from, to));
  }
}
