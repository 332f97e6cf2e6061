// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabriq.ShapeException;

/**
 * The shape of one sample between two layers: a vector of K values, or an image of C channels of H
 * rows of W values. A batch of M samples is a tensor M x K, or M x C x H x W.
 *
 * @param dimensions K, or C, H and W; each at least 1
 */
public record SampleShape(List<Integer> dimensions) {
  /**
   * @throws ShapeException if there are not 1 or 3 dimensions, or one is below 1, or a sample is
   *     over 2^31 - 1 values
   */
  public SampleShape {
    dimensions = List.copyOf(dimensions);
    if (dimensions.size() != 1 && dimensions.size() != 3) {
      throw new ShapeException(
          "sample shape %s has %d dimensions; give 1 (values) or 3 (channels, height, width)"
              .formatted(dimensions, dimensions.size()));
    }
    long size = 1;
    for (int dimension : dimensions) {
      size = Math.min(size, Integer.MAX_VALUE) * dimension;
      if (dimension < 1 || size > Integer.MAX_VALUE) {
        throw new ShapeException(
            "sample shape %s; dimensions must be at least 1 and their product below 2^31"
                .formatted(dimensions));
      }
    }
  }

  /** A vector of K values. */
  public static SampleShape vector(int k) {
    return new SampleShape(List.of(k));
  }

  /** An image. */
  public static SampleShape image(int channels, int height, int width) {
    return new SampleShape(List.of(channels, height, width));
  }

  /** Whether it is an image, not a vector. */
  public boolean isImage() {
    return dimensions.size() == 3;
  }

  /** The values of a sample. */
  public int size() {
    return channels() * height() * width();
  }

  /** The channels of an image, the values of a vector. */
  public int channels() {
    return dimensions.get(0);
  }

  /** The rows of an image, 1 of a vector. */
  public int height() {
    return isImage() ? dimensions.get(1) : 1;
  }

  /** The columns of an image, 1 of a vector. */
  public int width() {
    return isImage() ? dimensions.get(2) : 1;
  }

  /** The shape of a tensor of so many samples. */
  public int[] tensorShape(int samples) {
    return Stream.concat(Stream.of(samples), dimensions.stream()).mapToInt(i -> i).toArray();
  }

  /** As {@code 784} or {@code 1x28x28}. */
  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
