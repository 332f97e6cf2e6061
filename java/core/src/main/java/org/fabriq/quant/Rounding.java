// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

/**
 * The ways to round a real number to an integer; they differ on ties.
 *
 * <pre>
 *              -2.5  -1.5  -0.5   0.5   1.5   2.5
 *  HALF_EVEN     -2    -2     0     0     2     2   ONNX, numpy.rint, AP_RND_CONV
 *  HALF_AWAY     -3    -2    -1     1     2     3   C round, AP_RND_INF
 *  HALF_UP       -2    -1     0     1     2     3   Math.round, ARM SQRDMULH, AP_RND
 *  FLOOR         -3    -2    -1     0     1     2   AP_TRN
 * </pre>
 */
public enum Rounding {
  /** To nearest, ties to the even neighbour: FabriQ's contract. */
  HALF_EVEN {
    @Override
    public double apply(double x) {
      return Math.rint(x);
    }
  },
  /** To nearest, ties away from zero. */
  HALF_AWAY {
    @Override
    public double apply(double x) {
      return Math.copySign(HALF_UP.apply(Math.abs(x)), x);
    }
  },
  /** To nearest, ties towards positive infinity. */
  HALF_UP {
    @Override
    public double apply(double x) {
      double floor = Math.floor(x);
      return x - floor >= 0.5 ? floor + 1 : floor;
    }
  },
  /** Towards negative infinity. */
  FLOOR {
    @Override
    public double apply(double x) {
      return Math.floor(x);
    }
  };

  /** The rounded value, exact for every finite x; infinities and NaN stay. */
  public abstract double apply(double x);
}
