// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Arrays;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * A table of 2^bits values, the centroids; a code is an index into it. Immutable; equal by value.
 *
 * <p>Codes are unsigned, in packed form or, in an {@link Int8Tensor}, the bytes that {@link
 * PackedCodes} gives for them. No centroid need be 0: a weight of 0 may come back as another value.
 *
 * @param bits 1 to 8
 * @param centroids 2^bits, finite, in any order
 */
public record Codebook(int bits, float[] centroids) {
  /** The most bits of a code. */
  public static final int MAX_BITS = 8;

  /**
   * @throws InvalidArgumentException if bits, the number of centroids or one of them is out of
   *     range
   */
  public Codebook {
    if (bits < 1 || bits > MAX_BITS || centroids.length != 1 << bits) {
      throw new InvalidArgumentException(
          "%d centroids for %d bits; bits are 1 to %d and centroids 2^bits"
              .formatted(centroids.length, bits, MAX_BITS));
    }
    centroids = centroids.clone();
    for (int i = 0; i < centroids.length; i++) {
      if (!Float.isFinite(centroids[i])) {
        throw new InvalidArgumentException(
            "centroid %d is %s; it must be finite, fit the codebook again"
                .formatted(i, centroids[i]));
      }
    }
  }

  /** A copy. */
  @Override
  public float[] centroids() {
    return centroids.clone();
  }

  /** The value of a code, 0 to 2^bits - 1. */
  public float centroid(int code) {
    return centroids[code];
  }

  /**
   * The code of the nearest centroid, distances rounded to double; the lower code on ties.
   * Infinities get the least or the greatest centroid.
   *
   * @throws InvalidArgumentException if x is NaN
   */
  public int nearest(float x) {
    if (Float.isNaN(x)) {
      throw new InvalidArgumentException("NaN has no code; remove it from the data");
    }
    int best = 0;
    for (int code = 1; code < centroids.length; code++) {
      best = distance(x, centroids[code]) < distance(x, centroids[best]) ? code : best;
    }
    return best;
  }

  /** From an infinity, as good as a distance: less for centroids on its side. */
  private static double distance(float x, float centroid) {
    return Float.isInfinite(x) ? -Math.signum(x) * centroid : Math.abs((double) x - centroid);
  }

  /**
   * The codes of a tensor, packed.
   *
   * @throws InvalidArgumentException at a NaN, with its index
   */
  public PackedCodes encode(Float32Tensor values) {
    ValueRange.of(values);
    Int8Tensor codes = Int8Tensor.allocate(values.shape());
    for (int i = 0; i < values.size(); i++) {
      codes.set(i, (byte) nearest(values.get(i)));
    }
    return PackedCodes.pack(codes, bits, false);
  }

  /**
   * The values of codes in a new tensor.
   *
   * @throws InvalidArgumentException if the codes are signed or of other bits
   */
  public Float32Tensor decode(PackedCodes codes) {
    check(codes);
    Int8Tensor indices = codes.unpack();
    Float32Tensor values = Float32Tensor.allocate(codes.shape());
    for (int i = 0; i < values.size(); i++) {
      values.set(i, centroids[indices.get(i) & 0xff]);
    }
    return values;
  }

  /**
   * The codebook whose centroids are the means of the values that have their codes; summed in
   * double in the order of the values. A centroid without values stays. With the weights of a
   * gradient step as values it is the fine-tuning step of trained codebooks: codes stay, centroids
   * follow.
   *
   * <p>Source: S. Han et al., "Deep Compression", 2016, section 3.2.
   *
   * @param values finite, of the shape of the codes
   * @throws ShapeException if the shapes differ
   * @throws InvalidArgumentException if a value is not finite, with its index, or as {@link
   *     #decode}
   */
  public Codebook withMeansOf(Float32Tensor values, PackedCodes codes) {
    check(codes);
    Int8Tensor indices = codes.unpack();
    if (!values.hasShapeOf(indices)) {
      throw new ShapeException(
          "values %s for codes %s; the shapes must be the same".formatted(values, codes));
    }
    double[] sums = new double[centroids.length];
    int[] counts = new int[centroids.length];
    for (int i = 0; i < values.size(); i++) {
      if (!Float.isFinite(values.get(i))) {
        throw new InvalidArgumentException(
            "%s at index %d of %s has no mean; remove it from the data"
                .formatted(values.get(i), i, values));
      }
      sums[indices.get(i) & 0xff] += values.get(i);
      counts[indices.get(i) & 0xff]++;
    }
    float[] means = centroids.clone();
    for (int code = 0; code < means.length; code++) {
      means[code] = counts[code] == 0 ? means[code] : (float) (sums[code] / counts[code]);
    }
    return new Codebook(bits, means);
  }

  void check(PackedCodes codes) {
    if (codes.bits() != bits || codes.signed()) {
      throw new InvalidArgumentException(
          "%s for a codebook of %d bits; give unsigned codes of as many".formatted(codes, bits));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Codebook that && Arrays.equals(centroids, that.centroids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(centroids);
  }

  @Override
  public String toString() {
    return "Codebook" + Arrays.toString(centroids);
  }
}
