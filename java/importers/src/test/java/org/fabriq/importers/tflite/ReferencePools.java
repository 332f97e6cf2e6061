// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

/** Poolings, means and paddings of {@link TfliteReference}. */
final class ReferencePools {
  private ReferencePools() {}

  static double[] pool(TfliteOperator op, TfliteTensor x, double[] in, TfliteTensor out) {
    TfliteOptions.Walk options = op.options().walk();
    int[] shape = x.shape();
    PaddedWalk walk = new PaddedWalk(options, options.filterHeight(), options.filterWidth(), shape);
    double[] result = new double[(int) out.size()];
    for (int at = 0; at < result.length; at++) {
      int pixel = at / shape[3];
      double sum = 0;
      double greatest = Double.NEGATIVE_INFINITY;
      int count = 0;
      for (int i = 0; i < options.filterHeight(); i++) {
        for (int j = 0; j < options.filterWidth(); j++) {
          int row = walk.row(pixel / out.shape()[2], i);
          int column = walk.column(pixel % out.shape()[2], j);
          if (row >= 0 && row < shape[1] && column >= 0 && column < shape[2]) {
            double value = in[(row * shape[2] + column) * shape[3] + at % shape[3]];
            sum += value;
            greatest = Math.max(greatest, value);
            count++;
          }
        }
      }
      double pooled = op.type().equals("MAX_POOL_2D") ? greatest : mean(x.isFloat(), sum, count);
      result[at] = ReferenceValues.limited(op, out, pooled, x.isFloat());
    }
    return result;
  }

  /** Of codes, half-away. */
  private static double mean(boolean real, double sum, int count) {
    if (real) {
      return (float) (sum / count);
    }
    int whole = (int) sum;
    return whole > 0 ? (whole + count / 2) / count : (whole - count / 2) / count;
  }

  /** Over height and width; that of codes with the count within the multiplier. */
  static double[] mean(TfliteTensor x, double[] in, TfliteTensor out) {
    int channels = x.shape()[3];
    int count = x.shape()[1] * x.shape()[2];
    double[] result = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      double sum = 0;
      for (int pixel = 0; pixel < count; pixel++) {
        sum += in[pixel * channels + channel];
      }
      if (x.isFloat()) {
        result[channel] = (float) (sum / count);
        continue;
      }
      TfliteMultiplier scales =
          TfliteMultiplier.of((double) x.scales()[0] / (double) out.scales()[0]);
      int shift = 63 - Long.numberOfLeadingZeros(count);
      shift = Math.min(Math.min(shift, 32), 31 + scales.shift());
      TfliteMultiplier all =
          new TfliteMultiplier(
              (int) (((long) scales.q() << shift) / count), scales.shift() - shift);
      int code = all.times((int) (sum - count * x.zeroPoints()[0])) + (int) out.zeroPoints()[0];
      result[channel] = Math.max(-128, Math.min(127, code));
    }
    return result;
  }

  static double[] pad(TfliteTensor x, double[] in, double[] borders, TfliteTensor out) {
    double[] result = new double[(int) out.size()];
    java.util.Arrays.fill(result, x.isFloat() ? 0 : out.zeroPoints()[0]);
    int[] shape = x.shape();
    for (int i = 0; i < in.length; i++) {
      int pixel = i / shape[3];
      int row = pixel / shape[2] + (int) borders[2];
      int column = pixel % shape[2] + (int) borders[4];
      result[(row * out.shape()[2] + column) * shape[3] + i % shape[3]] = in[i];
    }
    return result;
  }
}
