// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

/** The hard swish of codes as TensorFlow Lite's reference kernel computes it, in int16. */
final class ReferenceHardSwish {
  private ReferenceHardSwish() {}

  static double code(TfliteTensor x, int q, TfliteTensor out) {
    float hires = 1f / 128 * x.scales()[0];
    TfliteMultiplier toOutput = TfliteMultiplier.of(hires / out.scales()[0]);
    TfliteMultiplier toReluish = TfliteMultiplier.of(hires / (3f / 32768));
    int value = (q - (int) x.zeroPoints()[0]) << 7;
    int preshift = rounded(value, narrowed(toOutput.q()));
    int reluish = value;
    if (toReluish.shift() > 0) {
      reluish = saturated((long) reluish << (toReluish.shift() - 1));
    }
    reluish = rounded(reluish, narrowed(toReluish.q()));
    if (toReluish.shift() > 0) {
      reluish = saturated((long) reluish << 1);
    } else if (toReluish.shift() < 0) {
      reluish = TfliteMultiplier.dividedByPowerOfTwo(reluish, -toReluish.shift());
    }
    reluish = (reluish + (1 << 15)) >> 1;
    int product = saturated((long) reluish * preshift / (1 << 15));
    int code =
        TfliteMultiplier.dividedByPowerOfTwo(product, -toOutput.shift())
            + (int) out.zeroPoints()[0];
    return Math.max(-128, Math.min(127, code));
  }

  private static int narrowed(int q) {
    return q >= Integer.MAX_VALUE - (1 << 15) ? Short.MAX_VALUE : (q + (1 << 15)) >> 16;
  }

  /** The rounded high product of two int16. */
  private static int rounded(int a, int b) {
    int product = a * b;
    int nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
    return saturated((product + nudge) / (1 << 15));
  }

  private static int saturated(long x) {
    return (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, x));
  }
}
