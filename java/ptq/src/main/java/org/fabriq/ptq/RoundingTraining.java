// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * The optimization of {@link AdaRound} for one layer, or one group of it. Matrices are inputs x
 * outputs here, so that a row of inputs adds rows of weights; inputs that are 0 are skipped, which
 * is most of them in images and after a ReLU. Inputs that are 0 in every sample take no part: their
 * weights go to the nearest code.
 */
final class RoundingTraining {
  private static final int BATCH = 32;
  private static final double RATE = 0.01;
  private static final double WEIGHT = 0.01;
  private static final double WARM_UP = 0.2;
  private static final double FIRST_BETA = 20;
  private static final double LAST_BETA = 2;
  private static final int STEPS = 1024;

  private final Activation activation;
  private final SampledRows samples;
  private final Encoding encoding;
  private final int inputs;
  private final int outputs;
  private final float[] bias;
  private final float[] scale;
  private final float[] least;
  private final float[] greatest;
  private final float[] below;
  private final float[] v;
  private final float[] weights;
  private final float[] sigmoids;
  private final float[] gradient;
  private final boolean[] live;

  /**
   * Prepares.
   *
   * @param activation the function after the layer
   * @param whole the weights that the encoding is of, outputs x inputs, of any rank
   * @param first index of the layer's first output among those of the whole
   * @param samples inputs, and the layer's outputs after its activation function
   */
  RoundingTraining(
      DenseLayer layer,
      Activation activation,
      Encoding encoding,
      Float32Tensor whole,
      int first,
      SampledRows samples) {
    this.activation = activation;
    this.samples = samples;
    this.encoding = encoding;
    this.inputs = layer.inputs();
    this.outputs = layer.outputs();
    this.bias = layer.bias() == null ? new float[outputs] : layer.bias();
    int size = inputs * outputs;
    this.scale = new float[size];
    this.least = new float[size];
    this.greatest = new float[size];
    this.below = new float[size];
    this.v = new float[size];
    this.weights = new float[size];
    this.sigmoids = new float[size];
    this.gradient = new float[size];
    this.live = live(samples, inputs);
    for (int k = 0, i = 0; k < inputs; k++) {
      for (int n = 0; n < outputs; n++, i++) {
        int channel = encoding.channel(whole, (first + n) * inputs + k);
        scale[i] = encoding.scale(channel);
        least[i] = encoding.qmin() - encoding.zeroPoint(channel);
        greatest[i] = encoding.qmax() - encoding.zeroPoint(channel);
        double steps = (double) layer.weight().get(n, k) / scale[i];
        steps = Math.max(least[i] - 1, Math.min(greatest[i] + 1, steps));
        below[i] = (float) Math.floor(steps);
        double above = live[k] ? steps - below[i] : Math.rint(steps) - below[i];
        v[i] = (float) RectifiedSigmoid.inverse(above);
      }
    }
  }

  private static boolean[] live(SampledRows samples, int inputs) {
    boolean[] live = new boolean[inputs];
    for (int row = 0; row < samples.count(); row++) {
      for (int k = 0; k < inputs; k++) {
        live[k] |= samples.inputs(row)[k] != 0;
      }
    }
    return live;
  }

  /**
   * Trains.
   *
   * @param progress told the share of the iterations that is done, after each
   */
  RoundingTraining run(int iterations, long seed, DoubleConsumer progress) {
    SplittableRandom random = new SplittableRandom(seed);
    Adam adam = new Adam(v.length, RATE);
    int warmUp = (int) (WARM_UP * iterations);
    int[] rows = new int[BATCH];
    float[][] errors = new float[BATCH][outputs];
    for (int iteration = 0; iteration < iterations; iteration++) {
      Arrays.setAll(rows, i -> random.nextInt(samples.count()));
      decode();
      Arrays.fill(gradient, 0);
      for (int i = 0; i < BATCH; i++) {
        error(rows[i], errors[i]);
        addProducts(samples.inputs(rows[i]), errors[i]);
      }
      double cooling = (double) (iteration - warmUp) / Math.max(1, iterations - warmUp);
      backward(cooling < 0 ? 0 : FIRST_BETA + (LAST_BETA - FIRST_BETA) * cooling);
      adam.step(v, gradient);
      progress.accept((iteration + 1.0) / iterations);
    }
    return this;
  }

  /** What the weights stand for now. */
  private void decode() {
    for (int k = 0; k < inputs; k++) {
      for (int n = 0, i = k * outputs; live[k] && n < outputs; n++, i++) {
        sigmoids[i] = RectifiedSigmoid.sigmoid(v[i]);
        float steps = below[i] + RectifiedSigmoid.value(sigmoids[i]);
        weights[i] = scale[i] * Math.max(least[i], Math.min(greatest[i], steps));
      }
    }
  }

  /** d loss / d output before the activation function, of one row of the batch. */
  private void error(int row, float[] error) {
    System.arraycopy(bias, 0, error, 0, outputs);
    float[] x = samples.inputs(row);
    for (int k = 0; k < inputs; k++) {
      float a = x[k];
      if (a != 0) {
        for (int n = 0, i = k * outputs; n < outputs; n++, i++) {
          error[n] += a * weights[i];
        }
      }
    }
    float[] targets = samples.targets(row);
    for (int n = 0; n < outputs; n++) {
      double own = activated(error[n]);
      error[n] = (float) (2.0 / BATCH * (own - targets[n]) * slope(own));
    }
  }

  private double activated(double x) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> Math.max(0, x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
    };
  }

  /** The derivative of the activation function where it has this value. */
  private double slope(double value) {
    return switch (activation) {
      case NONE -> 1;
      case RELU -> value > 0 ? 1 : 0;
      case TANH -> 1 - value * value;
      case SIGMOID -> value * (1 - value);
    };
  }

  private void addProducts(float[] x, float[] error) {
    for (int k = 0; k < inputs; k++) {
      float a = x[k];
      if (a != 0) {
        for (int n = 0, i = k * outputs; n < outputs; n++, i++) {
          gradient[i] += a * error[n];
        }
      }
    }
  }

  /** From d loss / d weight to d loss / d v; beta 0 is no regularization. */
  private void backward(double beta) {
    float[] slopes = regularization(beta);
    for (int k = 0; k < inputs; k++) {
      for (int n = 0, i = k * outputs; live[k] && n < outputs; n++, i++) {
        float slope = RectifiedSigmoid.slope(sigmoids[i]);
        float h = RectifiedSigmoid.value(sigmoids[i]);
        boolean within = below[i] + h > least[i] && below[i] + h < greatest[i];
        float loss = within ? gradient[i] * scale[i] : 0;
        gradient[i] = slope * (loss + slopes[(int) (h * STEPS)]);
      }
    }
  }

  /** d regularization / d h for h = i / STEPS: -2 beta sign(2 h - 1) |2 h - 1|^(beta - 1). */
  private static float[] regularization(double beta) {
    float[] slopes = new float[STEPS + 1];
    for (int i = 0; beta > 0 && i <= STEPS; i++) {
      double side = 2.0 * i / STEPS - 1;
      double power = Math.pow(Math.abs(side), beta - 1);
      slopes[i] = (float) (-WEIGHT * 2 * beta * Math.signum(side) * power);
    }
    return slopes;
  }

  /** Writes the codes, outputs x inputs, from an index on. */
  void writeTo(Int8Tensor codes, int from) {
    for (int n = 0; n < outputs; n++) {
      for (int k = 0; k < inputs; k++) {
        int i = k * outputs + n;
        boolean above = RectifiedSigmoid.value(RectifiedSigmoid.sigmoid(v[i])) >= 0.5;
        float steps = Math.max(least[i], Math.min(greatest[i], below[i] + (above ? 1 : 0)));
        codes.set(from + n * inputs + k, (byte) (encoding.qmin() + (int) (steps - least[i])));
      }
    }
  }
}
