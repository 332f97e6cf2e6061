// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.FixedPointMultiplier;

/**
 * The hard swish of a code as TensorFlow Lite's reference kernel computes it, in int16: x times a
 * "reluish" of x, which is min(max(x / 3, -1), 1) moved to [0, 1].
 */
final class HardSwishCodes {
  private static final int HIRES_SHIFT = 7;

  private final int inputZero;
  private final int outputZero;
  private final FixedPointMultiplier output;
  private final FixedPointMultiplier reluish;

  HardSwishCodes(Encoding in, Encoding out) {
    float hires = in.scale(0) / (1 << HIRES_SHIFT);
    this.inputZero = in.zeroPoint(0);
    this.outputZero = out.zeroPoint(0);
    this.output = FixedPointMultiplier.of(hires / out.scale(0));
    this.reluish = FixedPointMultiplier.of(hires / (3f / 32768));
    if (output.shift() > 0) {
      throw new InvalidArgumentException(
          "hard swish from scale %s to %s; the second must be at least 1/128 of the first"
              .formatted(in.scale(0), out.scale(0)));
    }
  }

  int code(int q) {
    int x = (q - inputZero) << HIRES_SHIFT;
    int share = (reluish(x) + (1 << 15)) >> 1;
    int product = saturated((long) share * highProduct(x, int16(output)) / (1 << 15));
    return dividedByPowerOfTwo(product, -output.shift()) + outputZero;
  }

  private int reluish(int x) {
    int shift = reluish.shift();
    int value = shift > 0 ? saturated((long) x << (shift - 1)) : x;
    value = highProduct(value, int16(reluish));
    if (shift > 0) {
      return saturated((long) value << 1);
    }
    return dividedByPowerOfTwo(value, -shift);
  }

  /** A multiplier narrowed to 15 bits. */
  private static int int16(FixedPointMultiplier multiplier) {
    return (int) Math.min(Short.MAX_VALUE, ((long) multiplier.q() + (1 << 15)) >> 16);
  }

  private static int highProduct(int a, int b) {
    int product = a * b;
    int nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
    return saturated((product + nudge) / (1 << 15));
  }

  private static int saturated(long x) {
    return (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, x));
  }

  /** x / 2^exponent, half-away. */
  private static int dividedByPowerOfTwo(int x, int exponent) {
    int mask = (1 << exponent) - 1;
    int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
    return (x >> exponent) + ((x & mask) > threshold ? 1 : 0);
  }
}
