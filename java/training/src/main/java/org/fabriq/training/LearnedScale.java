// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;

/**
 * Fake quantization with scales that are trained; zero points stay as they were fitted.
 *
 * <p>Forward it is exactly what {@link Encoding} computes: with v = x / S in double and q = clamp(
 * halfEven(v), n, p), n = qmin - Z and p = qmax - Z, the result is fl(q * S). Backward, inside
 * means {@code n <= v <= p}:
 *
 * <pre>
 *  d/dx = 1 inside, else 0
 *  d/dS = g * (halfEven(v) - v) inside, else g * q      summed over the values of a scale
 *  g    = 1 / sqrt(count * p)                           count: values that share the scale
 * </pre>
 *
 * For activations count is that of one sample. Where p is 0, -n takes its place.
 *
 * <p>Source: S. K. Esser et al., "Learned Step Size Quantization", 2020, sections 2.1 and 2.2; the
 * bounds count as inside, where the paper, with v equal to n or p, has them outside.
 */
final class LearnedScale {
  /** A scale never falls below this part of its start, so that it stays above 0. */
  private static final float LEAST_PART = 1f / 256;

  private final Encoding start;
  private final Parameter parameter;
  private final Shape shape;
  private final float[] gradientScales;

  /**
   * Scales that start as fitted.
   *
   * @param start of 2 to 8 bits signed, or 2 to 7 unsigned
   * @param count the values that share a scale
   * @param rank of the values that are to be quantized
   * @throws InvalidArgumentException if bits is out of range
   */
  LearnedScale(NDManager manager, String name, Encoding start, int count, int rank) {
    if (start.bits() < 2 || start.bits() > (start.signed() ? 8 : 7)) {
      throw new InvalidArgumentException(
          "%s: %d bits, %s; scales are trained for 2 to 8 bits signed or 2 to 7 unsigned"
              .formatted(name, start.bits(), start.signed() ? "signed" : "unsigned"));
    }
    this.start = start;
    float[] scales = start.scales();
    long[] dimensions = new long[rank];
    Arrays.fill(dimensions, 1);
    dimensions[Math.floorMod(start.axis(), rank)] = scales.length;
    this.shape = new Shape(dimensions);
    this.gradientScales = new float[scales.length];
    for (int channel = 0; channel < scales.length; channel++) {
      int p = start.qmax() - start.zeroPoint(channel);
      int n = start.qmin() - start.zeroPoint(channel);
      gradientScales[channel] = (float) (1 / Math.sqrt((double) count * (p == 0 ? -n : p)));
    }
    this.parameter =
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optShape(shape)
            .optArray(manager.create(scales, shape))
            .build();
  }

  /** What the trainer changes. */
  Parameter parameter() {
    return parameter;
  }

  /**
   * The values that the codes of x stand for.
   *
   * @param scale the parameter's array
   */
  NDArray apply(NDArray x, NDArray scale) {
    NDManager manager = x.getManager();
    NDArray least = manager.create(bounds(start.qmin()), shape);
    NDArray greatest = manager.create(bounds(start.qmax()), shape);
    NDArray s = scale.stopGradient();
    NDArray v = wide(x.stopGradient()).div(wide(s));
    NDArray q = NDArrays.minimum(NDArrays.maximum(v.round(), least), greatest);
    NDArray inside = v.gte(least).logicalAnd(v.lte(greatest));
    NDArray slope =
        narrow(NDArrays.where(inside, q.sub(v), q)).mul(manager.create(gradientScales, shape));
    NDArray linear = x.mul(narrow(inside)).add(slope.mul(scale));
    return narrow(q).mul(s).add(linear.sub(linear.stopGradient()));
  }

  private double[] bounds(int code) {
    double[] bounds = new double[gradientScales.length];
    for (int channel = 0; channel < bounds.length; channel++) {
      bounds[channel] = code - start.zeroPoint(channel);
    }
    return bounds;
  }

  private static NDArray wide(NDArray x) {
    return x.toType(DataType.FLOAT64, true);
  }

  private static NDArray narrow(NDArray x) {
    return x.toType(DataType.FLOAT32, true);
  }

  /** Lifts scales that a step took too far down. */
  void keepPositive() {
    float[] scales = scales();
    boolean low = false;
    for (int channel = 0; channel < scales.length; channel++) {
      float least = start.scale(channel) * LEAST_PART;
      low |= scales[channel] < least;
      scales[channel] = Math.max(scales[channel], least);
    }
    if (low) {
      parameter.getArray().set(scales);
    }
  }

  /** The encoding with the scales as of now. */
  Encoding encoding() {
    return start.withScales(scales());
  }

  private float[] scales() {
    return parameter.getArray().toFloatArray();
  }
}
