// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * k-means quantization: 2^bits centroids that Lloyd's iterations move from a start to a (local)
 * minimum of the mean squared error; a value becomes the code of its nearest centroid. The same
 * quantizer gives the same result for the same values on every machine.
 *
 * <p>Centroids ascend, are evaluated in double and narrowed to fp32. With fewer distinct values
 * than centroids every value is met exactly and centroids repeat. Infinities take no part and get
 * the code of the least or the greatest centroid; without a finite value all centroids are 0.
 *
 * <p>The start matters from 5 bits on: {@link CodebookStart#PLUS_PLUS} ends lowest, {@link
 * CodebookStart#QUANTILE} leaves the tails too few centroids and can end above uniform codes of as
 * many bits; {@link CodebookStart#UNIFORM} never ends above as many evenly spaced levels over the
 * range of the values, but for the narrowing.
 *
 * @param bits 1 to 8
 * @param seed of {@link SplittableRandom}; of effect for {@link CodebookStart#PLUS_PLUS} only
 */
public record CodebookQuantizer(int bits, CodebookStart start, long seed)
    implements WeightQuantizer {
  /**
   * @throws InvalidArgumentException if bits is out of range
   */
  public CodebookQuantizer {
    if (bits < 1 || bits > Codebook.MAX_BITS) {
      throw new InvalidArgumentException(
          "%d bits; a codebook has 1 to %d".formatted(bits, Codebook.MAX_BITS));
    }
  }

  /** From k-means++ with seed 0. */
  public CodebookQuantizer(int bits) {
    this(bits, CodebookStart.PLUS_PLUS, 0);
  }

  /**
   * The codebook for these values.
   *
   * @throws InvalidArgumentException at a NaN, with its index
   */
  public Codebook fit(Float32Tensor values) {
    float[] sorted = sortedFinite(values);
    float[] centroids = new float[1 << bits];
    if (sorted.length > 0) {
      double[] first = start.centroids(sorted, centroids.length, new SplittableRandom(seed));
      double[] last = new LloydIterations(sorted, first).run();
      for (int j = 0; j < centroids.length; j++) {
        centroids[j] = (float) last[j];
      }
    }
    return new Codebook(bits, centroids);
  }

  /** The codes of the values in the codebook that fits them. */
  @Override
  public CodebookTensor quantize(Float32Tensor values) {
    Codebook codebook = fit(values);
    return new CodebookTensor(codebook.encode(values), codebook);
  }

  @Override
  public String name() {
    return "codebook:"
        + bits
        + (start == CodebookStart.PLUS_PLUS ? "" : "," + start.word())
        + (seed == 0 ? "" : ",seed=" + seed);
  }

  private static float[] sortedFinite(Float32Tensor values) {
    ValueRange.of(values);
    float[] finite = new float[values.size()];
    int count = 0;
    for (int i = 0; i < values.size(); i++) {
      if (Float.isFinite(values.get(i))) {
        finite[count++] = values.get(i);
      }
    }
    float[] sorted = Arrays.copyOf(finite, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
