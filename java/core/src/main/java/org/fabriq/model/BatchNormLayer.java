// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Batch normalization with fixed statistics: gamma * (x - mean) / sqrt(variance + epsilon) + beta,
 * per channel of an image or per value of a vector; in double, narrowed to fp32.
 *
 * @param gamma one per channel, finite; copied, as are the others
 * @param variance at least 0
 * @param epsilon above 0, finite
 */
public record BatchNormLayer(
    String name, float[] gamma, float[] beta, float[] mean, float[] variance, float epsilon)
    implements UnaryLayer {
  /**
   * @throws ShapeException if the arrays are not of one length
   * @throws InvalidArgumentException if a value is out of its range
   */
  public BatchNormLayer {
    int channels = gamma.length;
    gamma = FiniteValues.perOutput(name, "gamma", gamma, channels);
    beta = FiniteValues.perOutput(name, "beta", beta, channels);
    mean = FiniteValues.perOutput(name, "mean", mean, channels);
    variance = FiniteValues.perOutput(name, "variance", variance, channels);
    for (int i = 0; i < channels; i++) {
      if (variance[i] < 0) {
        throw new InvalidArgumentException(
            "layer %s: variance %d is %s, limit at least 0; repair the file"
                .formatted(name, i, variance[i]));
      }
    }
    if (!(epsilon > 0) || Float.isInfinite(epsilon)) {
      throw new InvalidArgumentException(
          "layer %s: epsilon %s must be finite and above 0; 1e-5 is common"
              .formatted(name, epsilon));
    }
  }

  /** Reads the file form. */
  static BatchNormLayer read(LayerSource source) {
    return new BatchNormLayer(
        source.name(),
        source.values("gamma"),
        source.values("beta"),
        source.values("mean"),
        source.values("variance"),
        source.number("epsilon"));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("epsilon", epsilon);
    sink.array("gamma", gamma);
    sink.array("beta", beta);
    sink.array("mean", mean);
    sink.array("variance", variance);
  }

  /** A copy. */
  @Override
  public float[] gamma() {
    return gamma.clone();
  }

  /** A copy. */
  @Override
  public float[] beta() {
    return beta.clone();
  }

  /** A copy. */
  @Override
  public float[] mean() {
    return mean.clone();
  }

  /** A copy. */
  @Override
  public float[] variance() {
    return variance.clone();
  }

  /** The factor of a channel: gamma / sqrt(variance + epsilon). */
  public double factor(int channel) {
    return gamma[channel] / Math.sqrt((double) variance[channel] + epsilon);
  }

  @Override
  public SampleShape output(SampleShape input) {
    if (input.channels() != gamma.length) {
      throw new ShapeException(
          "layer %s normalizes %d channels, not %s".formatted(name, gamma.length, input));
    }
    return input;
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    output(Samples.shape(x));
    Float32Tensor out = Float32Tensor.allocate(x.shape());
    int run = x.size() / x.dimension(0) / gamma.length;
    for (int i = 0; i < x.size(); i++) {
      int channel = i / run % gamma.length;
      out.set(i, (float) (factor(channel) * ((double) x.get(i) - mean[channel]) + beta[channel]));
    }
    return out;
  }
}
