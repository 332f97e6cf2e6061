// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.function.DoubleUnaryOperator;
import org.tensorflow.lite.schema.ActivationFunctionType;

/** Operators on values one by one of {@link TfliteReference}. */
final class ReferenceValues {
  private ReferenceValues() {}

  /** The fused activation, and the range of codes. */
  static double limited(TfliteOperator op, TfliteTensor out, double value, boolean real) {
    double least = Double.NEGATIVE_INFINITY;
    double greatest = Double.POSITIVE_INFINITY;
    if (op.options().activation() == ActivationFunctionType.RELU) {
      least = 0;
    } else if (op.options().activation() == ActivationFunctionType.RELU6) {
      least = 0;
      greatest = 6;
    } else if (op.options().activation() == ActivationFunctionType.RELU_N1_TO_1) {
      least = -1;
      greatest = 1;
    }
    return real
        ? Math.max(least, Math.min(greatest, value))
        : Math.max(code(least, out), Math.min(code(greatest, out), value));
  }

  private static double code(double limit, TfliteTensor out) {
    double code = halfAway((float) limit / out.scales()[0]) + out.zeroPoints()[0];
    return Math.max(-128, Math.min(127, code));
  }

  static double halfAway(double x) {
    return Math.signum(x) * Math.floor(Math.abs(x) + 0.5);
  }

  static double[] add(
      TfliteOperator op,
      TfliteTensor left,
      double[] lefts,
      TfliteTensor right,
      double[] rights,
      TfliteTensor out) {
    double[] result = new double[lefts.length];
    for (int i = 0; i < result.length; i++) {
      double other = rights[i % rights.length];
      result[i] =
          left.isFloat()
              ? limited(op, out, (float) (lefts[i] + other), true)
              : limited(op, out, sum(left, (int) lefts[i], right, (int) other, out), false);
    }
    return result;
  }

  private static double sum(TfliteTensor left, int a, TfliteTensor right, int b, TfliteTensor out) {
    double twice = 2 * Math.max(left.scales()[0], right.scales()[0]);
    TfliteMultiplier first = TfliteMultiplier.of(left.scales()[0] / twice);
    TfliteMultiplier second = TfliteMultiplier.of(right.scales()[0] / twice);
    TfliteMultiplier total = TfliteMultiplier.of(twice / ((1 << 20) * out.scales()[0]));
    int shiftedLeft = (int) (a - left.zeroPoints()[0]) << 20;
    int shiftedRight = (int) (b - right.zeroPoints()[0]) << 20;
    int raw = first.times(shiftedLeft) + second.times(shiftedRight);
    return total.times(raw) + out.zeroPoints()[0];
  }

  static double[] each(TfliteOperator op, TfliteTensor x, double[] in, TfliteTensor out) {
    if (op.type().equals("SOFTMAX")) {
      return softmax(x, in, out);
    }
    double[] result = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      result[i] = each(op, x, in[i], out);
    }
    return result;
  }

  private static double each(TfliteOperator op, TfliteTensor x, double value, TfliteTensor out) {
    boolean integers = !x.isFloat() && !out.isFloat();
    return switch (op.type()) {
      case "RELU", "RELU6", "RELU_N1_TO_1" -> {
        TfliteOperator fused =
            new TfliteOperator(
                0, "", op.inputs(), op.outputs(), TfliteOptions.NONE.withActivation(limit(op)));
        yield limited(fused, out, integers ? rescaled(x, value, 1, out) : value, !integers);
      }
      case "LEAKY_RELU" -> {
        float alpha = op.options().number();
        if (!integers) {
          yield value < 0 ? (float) (value * alpha) : value;
        }
        yield clamp(rescaled(x, value, value < x.zeroPoints()[0] ? alpha : 1, out));
      }
      case "LOGISTIC" -> table(x, value, out, v -> 1 / (1 + Math.exp(-v)));
      case "TANH" -> table(x, value, out, Math::tanh);
      case "HARD_SWISH" ->
          integers
              ? ReferenceHardSwish.code(x, (int) value, out)
              : (float) (value * Math.max(0, Math.min(6, value + 3)) / 6);
      case "QUANTIZE" ->
          integers
              ? clamp(rescaled(x, value, 1, out))
              : clamp(halfAway((float) value / out.scales()[0]) + out.zeroPoints()[0]);
      case "DEQUANTIZE" -> (float) ((value - x.zeroPoints()[0]) * x.scales()[0]);
      default -> throw new IllegalArgumentException("no reference of " + op);
    };
  }

  private static int limit(TfliteOperator op) {
    return switch (op.type()) {
      case "RELU" -> ActivationFunctionType.RELU;
      case "RELU6" -> ActivationFunctionType.RELU6;
      default -> ActivationFunctionType.RELU_N1_TO_1;
    };
  }

  private static double rescaled(TfliteTensor x, double code, double factor, TfliteTensor out) {
    double real = x.scales()[0] * (float) factor / out.scales()[0];
    return TfliteMultiplier.of(real).times((int) (code - x.zeroPoints()[0])) + out.zeroPoints()[0];
  }

  private static double table(
      TfliteTensor x, double value, TfliteTensor out, DoubleUnaryOperator function) {
    if (x.isFloat()) {
      return (float) function.applyAsDouble(value);
    }
    float real = x.scales()[0] * (float) (value - x.zeroPoints()[0]);
    float transformed = (float) function.applyAsDouble(real);
    float inverse = 1 / out.scales()[0];
    return clamp(halfAway(transformed * inverse) + out.zeroPoints()[0]);
  }

  private static double clamp(double code) {
    return Math.max(-128, Math.min(127, code));
  }

  private static double[] softmax(TfliteTensor x, double[] in, TfliteTensor out) {
    double greatest = java.util.Arrays.stream(in).max().orElseThrow();
    double unit = x.isFloat() ? 1 : x.scales()[0];
    double sum = java.util.Arrays.stream(in).map(v -> Math.exp((v - greatest) * unit)).sum();
    double[] result = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      double value = Math.exp((in[i] - greatest) * unit) / sum;
      result[i] =
          x.isFloat()
              ? (float) value
              : clamp(halfAway(value / out.scales()[0]) + out.zeroPoints()[0]);
    }
    return result;
  }
}
