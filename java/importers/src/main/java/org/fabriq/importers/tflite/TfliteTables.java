// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import org.fabriq.integer.CodeTable;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.FixedPointMultiplier;

/**
 * Functions of a code as TensorFlow Lite's kernels compute them: by tables made in fp32, or by
 * multipliers in fixed point.
 */
final class TfliteTables {
  private TfliteTables() {}

  /** The table of an operator; the one given where TensorFlow Lite only moves codes. */
  static CodeTable table(TfliteOperator operator, CodeTable own) {
    Encoding in = own.input();
    Encoding out = own.output();
    float alpha = operator.options().number();
    return switch (operator.type()) {
      case "LOGISTIC" -> real(own, x -> 1 / (1 + StrictMath.exp(-x)));
      case "TANH" -> real(own, StrictMath::tanh);
      case "HARD_SWISH" -> of(own, new HardSwishCodes(in, out)::code);
      case "LEAKY_RELU" ->
          of(own, q -> rescaled(q, q < in.zeroPoint(0) ? in.scale(0) * alpha : in.scale(0), own));
      case "QUANTIZE" -> of(own, q -> rescaled(q, in.scale(0), own));
      case "RELU" -> limited(own, 0, Float.POSITIVE_INFINITY);
      case "RELU6" -> limited(own, 0, 6);
      case "RELU_N1_TO_1" -> limited(own, -1, 1);
      default -> own;
    };
  }

  private static CodeTable of(CodeTable own, IntUnaryOperator code) {
    byte[] table = new byte[256];
    for (int q = -128; q <= 127; q++) {
      table[q + 128] = (byte) Math.max(-128, Math.min(127, code.applyAsInt(q)));
    }
    return new CodeTable(own.name(), table, own.input(), own.output());
  }

  private static CodeTable real(CodeTable own, DoubleUnaryOperator function) {
    float inverse = 1 / own.output().scale(0);
    return of(
        own,
        q -> {
          float x = own.input().dequantize(q, 0);
          float y = (float) function.applyAsDouble(x);
          return halfAway(y * inverse) + own.output().zeroPoint(0);
        });
  }

  private static CodeTable limited(CodeTable own, float least, float greatest) {
    Encoding out = own.output();
    int low = halfAway(least / out.scale(0)) + out.zeroPoint(0);
    int high =
        Float.isInfinite(greatest) ? 127 : halfAway(greatest / out.scale(0)) + out.zeroPoint(0);
    float scale = own.input().scale(0);
    return of(own, q -> Math.max(low, Math.min(high, rescaled(q, scale, own))));
  }

  private static int rescaled(int q, float scale, CodeTable own) {
    FixedPointMultiplier multiplier = FixedPointMultiplier.of(scale / own.output().scale(0));
    return multiplier.doubleRounding(q - own.input().zeroPoint(0)) + own.output().zeroPoint(0);
  }

  private static int halfAway(float x) {
    double magnitude = Math.floor(Math.abs((double) x) + 0.5);
    return (int) Math.copySign(Math.min(magnitude, 1 << 20), x);
  }
}
