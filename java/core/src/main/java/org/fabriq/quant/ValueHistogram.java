// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/**
 * Counts of fp32 values in bins that need no range: a bin holds the values that share their sign,
 * exponent and the first 10 bits of their fraction.
 *
 * <pre>
 *  bit   31     30 .. 23   22 .. 13   12 .. 0
 *        sign   exponent   fraction   not looked at
 *        '------ page -----'  '- bin -'
 * </pre>
 *
 * So bins are 1024 per octave, at most 2^-10 of their values wide, for the least and for the
 * greatest values alike; counts depend neither on the order of values nor on how they are cut into
 * batches; an outlier coarsens nothing. Pages are allocated when a value falls into them: 8 KiB per
 * octave and sign, some 300 KiB for usual tensors, 4 MiB at most. Exact limits are kept besides.
 */
final class ValueHistogram {
  private static final int SHIFT = 13;
  private static final int BINS = 1 << 10;

  private final long[][] pages = new long[512][];
  private long count;
  private ValueRange limits;

  /** Counts the finite values; all or, at a NaN, none. */
  void add(Float32Tensor values) {
    ValueRange own = ValueRange.of(values);
    limits = limits == null ? own : limits.union(own);
    for (int i = 0; i < values.size(); i++) {
      float x = values.get(i);
      if (!Float.isInfinite(x)) {
        int bin = Float.floatToRawIntBits(x) >>> SHIFT;
        long[] page = pages[bin / BINS];
        if (page == null) {
          page = new long[BINS];
          pages[bin / BINS] = page;
        }
        page[bin % BINS]++;
        count++;
      }
    }
  }

  /** The finite values counted. */
  long count() {
    return count;
  }

  /** The range of all values, widened to hold 0. */
  ValueRange limits() {
    if (limits == null) {
      throw EncodingObserver.nothingObserved();
    }
    return limits;
  }

  /** What is done with a bin that is not empty. */
  interface BinVisitor {
    /**
     * @param low the least value of the bin, not below the limits
     * @param high its greatest edge, not above the limits
     */
    void visit(double low, double high, long count);
  }

  /** Visits the bins that are not empty, in ascending order of their values. */
  void forEach(BinVisitor visitor) {
    for (int page = pages.length - 1; page >= pages.length / 2; page--) {
      for (int bin = BINS - 1; pages[page] != null && bin >= 0; bin--) {
        visit(page, bin, visitor);
      }
    }
    for (int page = 0; page < pages.length / 2; page++) {
      for (int bin = 0; pages[page] != null && bin < BINS; bin++) {
        visit(page, bin, visitor);
      }
    }
  }

  private void visit(int page, int bin, BinVisitor visitor) {
    long inBin = pages[page][bin];
    if (inBin > 0) {
      int first = page * BINS + bin << SHIFT;
      double near = clip(Float.intBitsToFloat(first));
      double far = clip(Float.intBitsToFloat(first + (1 << SHIFT)));
      visitor.visit(Math.min(near, far), Math.max(near, far), inBin);
    }
  }

  private double clip(float x) {
    return Math.max(limits.min(), Math.min(limits.max(), x));
  }
}
