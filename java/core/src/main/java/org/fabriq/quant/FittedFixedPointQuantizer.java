// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/**
 * Fixed point whose fraction length, -8 to 16, gives the finite values the least sum of squared
 * errors, summed in double in their order; the smaller fl on ties.
 *
 * @param wl word length, 1 to 16
 */
public record FittedFixedPointQuantizer(int wl) implements Quantizer {
  private static final int LEAST_FL = -8;
  private static final int GREATEST_FL = 16;

  /**
   * @throws org.fabriq.InvalidArgumentException if wl is out of range
   */
  public FittedFixedPointQuantizer {
    Encoding.checkBits(wl);
  }

  /** The quantizer with the best fl for these values. */
  public FixedPointQuantizer choose(Float32Tensor values) {
    Observer observer = new Observer(wl);
    observer.observe(values);
    return observer.best();
  }

  @Override
  public EncodingObserver observer() {
    return new Observer(wl);
  }

  @Override
  public String name() {
    return "fixed:" + wl;
  }

  private static final class Observer implements EncodingObserver {
    private final int wl;
    private final double[] squaredErrors = new double[GREATEST_FL - LEAST_FL + 1];
    private boolean started;

    Observer(int wl) {
      this.wl = wl;
    }

    @Override
    public void observe(Float32Tensor batch) {
      ValueRange.of(batch);
      started = true;
      for (int i = 0; i < squaredErrors.length; i++) {
        Encoding encoding = new FixedPointQuantizer(wl, LEAST_FL + i).encoding();
        squaredErrors[i] += squaredError(encoding, batch);
      }
    }

    private static double squaredError(Encoding encoding, Float32Tensor values) {
      double sum = 0;
      for (int i = 0; i < values.size(); i++) {
        float x = values.get(i);
        if (!Float.isInfinite(x)) {
          double error = (double) x - encoding.dequantize(encoding.quantize(x, 0), 0);
          sum += error * error;
        }
      }
      return sum;
    }

    @Override
    public Encoding encoding() {
      return best().encoding();
    }

    FixedPointQuantizer best() {
      if (!started) {
        throw EncodingObserver.nothingObserved();
      }
      int best = 0;
      for (int i = 1; i < squaredErrors.length; i++) {
        best = squaredErrors[i] < squaredErrors[best] ? i : best;
      }
      return new FixedPointQuantizer(wl, LEAST_FL + best);
    }
  }
}
