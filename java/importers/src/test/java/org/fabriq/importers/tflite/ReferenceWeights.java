// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import org.tensorflow.lite.schema.TensorType;

/** Dense layers and convolutions of {@link TfliteReference}, in the loops of their definition. */
final class ReferenceWeights {
  private final TfliteOperator op;
  private final TfliteTensor x;
  private final double[] in;
  private final TfliteTensor weight;
  private final double[] weights;

  private ReferenceWeights(
      TfliteOperator op, TfliteTensor x, double[] in, TfliteTensor weight, double[] weights) {
    this.op = op;
    this.x = x;
    this.in = in;
    this.weight = weight;
    this.weights = weights;
  }

  static double[] run(
      TfliteOperator op,
      TfliteTensor x,
      double[] in,
      TfliteTensor weight,
      double[] weights,
      double[] bias,
      TfliteTensor out) {
    ReferenceWeights sums = new ReferenceWeights(op, x, in, weight, weights);
    double[] result = new double[(int) out.size()];
    int outputs = out.shape()[out.rank() - 1];
    for (int i = 0; i < result.length; i++) {
      int n = i % outputs;
      double sum = sums.sum(out, i / outputs, n) + bias[n];
      result[i] =
          x.isFloat()
              ? ReferenceValues.limited(op, out, (float) sum, true)
              : ReferenceValues.limited(
                  op, out, sums.requantized(n, (long) sum, out) + out.zeroPoints()[0], false);
    }
    return result;
  }

  private int requantized(int n, long sum, TfliteTensor out) {
    double scaleIn = x.scales()[0];
    double scaleOut = out.scales()[0];
    boolean perTensor = weight.scales().length == 1;
    // A dense layer takes the product of its scales in fp32 first, a convolution all in double.
    double product =
        op.type().equals("FULLY_CONNECTED") && perTensor
            ? x.scales()[0] * weight.scales()[0]
            : scaleIn * weight.scales()[perTensor ? 0 : n];
    return TfliteMultiplier.of(product / scaleOut).times(Math.toIntExact(sum));
  }

  private double weight(int i, int n) {
    if (weight.type() == TensorType.FLOAT32) {
      return weights[i];
    }
    double code = weights[i] - weight.zeroPoints()[weight.scales().length == 1 ? 0 : n];
    return x.isFloat()
        ? (float) (code * weight.scales()[weight.scales().length == 1 ? 0 : n])
        : code;
  }

  private double value(int i) {
    return x.isFloat() ? in[i] : in[i] - x.zeroPoints()[0];
  }

  private double sum(TfliteTensor out, int pixel, int n) {
    double sum = 0;
    if (op.type().equals("FULLY_CONNECTED")) {
      int inputs = weight.shape()[1];
      for (int k = 0; k < inputs; k++) {
        sum += value(pixel * inputs + k) * weight(n * inputs + k, n);
      }
      return sum;
    }
    boolean depthwise = op.type().equals("DEPTHWISE_CONV_2D");
    int[] shape = x.shape();
    int outputs = out.shape()[3];
    int seen = depthwise ? 1 : weight.shape()[3];
    int group = outputs / (shape[3] / seen);
    PaddedWalk walk =
        new PaddedWalk(op.options().walk(), weight.shape()[1], weight.shape()[2], shape);
    for (int i = 0; i < weight.shape()[1]; i++) {
      for (int j = 0; j < weight.shape()[2]; j++) {
        int row = walk.row(pixel / out.shape()[2], i);
        int column = walk.column(pixel % out.shape()[2], j);
        if (row < 0 || row >= shape[1] || column < 0 || column >= shape[2]) {
          continue;
        }
        for (int c = 0; c < seen; c++) {
          int channel = n / group * seen + c;
          int tap =
              depthwise
                  ? (i * weight.shape()[2] + j) * outputs + n
                  : ((n * weight.shape()[1] + i) * weight.shape()[2] + j) * seen + c;
          sum += value((row * shape[2] + column) * shape[3] + channel) * weight(tap, n);
        }
      }
    }
    return sum;
  }
}
