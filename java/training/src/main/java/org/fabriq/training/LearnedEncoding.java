// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;

/**
 * Fake quantization with scales that are trained, and by choice zero points.
 *
 * <p>Forward it is exactly what {@link Encoding} computes: with Z = halfEven(z), v = x / S in
 * double and q = clamp(halfEven(v), n, p), n = qmin - Z and p = qmax - Z, the result is fl(q * S).
 * Backward, inside means {@code n <= v <= p}:
 *
 * <pre>
 *  d/dx = 1 inside, else 0
 *  d/dS = g * (halfEven(v) - v) inside, else g * q      summed over the values of a scale
 *  d/dz = 0 inside, else -g * S                         likewise, where zero points are trained
 *  g    = 1 / sqrt(count * p)                           count: values that share the scale
 * </pre>
 *
 * For activations count is that of one sample. Where p is 0, -n takes its place; n and p of g are
 * those at the start.
 *
 * <p>Sources: S. K. Esser et al., "Learned Step Size Quantization", 2020, sections 2.1 and 2.2; the
 * bounds count as inside, where the paper, with v equal to n or p, has them outside. Y. Bhalgat et
 * al., "LSQ+", 2020, section 3, for the offset, which is a code here and rounded in each step.
 */
final class LearnedEncoding implements FakeQuantizer {
  /** A scale never falls below this part of its start, so that it stays above 0. */
  private static final float LEAST_PART = 1f / 256;

  private final Encoding start;
  private final Parameter scale;
  private final Parameter zero;
  private final Shape shape;
  private final float[] gradientScales;

  private LearnedEncoding(
      NDManager manager, String name, Encoding start, int count, int rank, boolean zeroPoints) {
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
    float[] zeros = new float[scales.length];
    for (int channel = 0; channel < scales.length; channel++) {
      zeros[channel] = start.zeroPoint(channel);
      int p = start.qmax() - start.zeroPoint(channel);
      int n = start.qmin() - start.zeroPoint(channel);
      gradientScales[channel] = (float) (1 / Math.sqrt((double) count * (p == 0 ? -n : p)));
    }
    this.scale = parameter(name + ".scale", manager.create(scales, shape));
    this.zero = zeroPoints ? parameter(name + ".zero_point", manager.create(zeros, shape)) : null;
  }

  /**
   * The encoding of weights: scales start as fitted, zero points stay so.
   *
   * @param start of 2 to 8 bits signed, or 2 to 7 unsigned
   * @param count the values that share a scale
   * @param rank of the weights
   * @throws InvalidArgumentException if bits is out of range
   */
  static LearnedEncoding ofWeights(
      NDManager manager, String name, Encoding start, int count, int rank) {
    return new LearnedEncoding(manager, name, start, count, rank, false);
  }

  /**
   * The encoding of activations, per tensor.
   *
   * @param count the values of a sample
   * @param rank with the axis of samples
   * @param zeroPoint whether it is trained
   * @throws InvalidArgumentException if bits is out of range, or there are several scales
   */
  static LearnedEncoding ofActivations(
      NDManager manager, String name, Encoding start, int count, int rank, boolean zeroPoint) {
    if (start.perChannel()) {
      throw new InvalidArgumentException(
          "%s: %d scales; activations have one, use a quantizer of whole tensors"
              .formatted(name, start.scales().length));
    }
    return new LearnedEncoding(manager, name, start, count, rank, zeroPoint);
  }

  private static Parameter parameter(String name, NDArray array) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.OTHER)
        .optShape(array.getShape())
        .optArray(array)
        .build();
  }

  /** What the trainer changes: scales, then zero points. */
  Stream<Parameter> parameters() {
    return zero == null ? Stream.of(scale) : Stream.of(scale, zero);
  }

  /** Whether a parameter is one of zero points, in codes. */
  boolean isZeroPoint(Parameter parameter) {
    return parameter == zero;
  }

  @Override
  public NDArray apply(NDArray x, ParameterValues values) {
    NDManager manager = x.getManager();
    NDArray z =
        zero == null
            ? manager.create(zeroPoints(), shape)
            : RoundedValues.wide(values.of(zero).stopGradient().round());
    NDArray s = values.of(scale).stopGradient();
    RoundedValues rounded =
        RoundedValues.of(x, s, z.neg().add(start.qmin()), z.neg().add(start.qmax()));
    NDArray inside = rounded.inside();
    NDArray q = rounded.q();
    NDArray g = manager.create(gradientScales, shape);
    NDArray slope =
        RoundedValues.narrow(NDArrays.where(inside.gt(0), q.sub(rounded.v()), q)).mul(g);
    NDArray slopes = x.mul(inside).add(slope.mul(values.of(scale)));
    if (zero != null) {
      NDArray outside = inside.neg().add(1);
      slopes = slopes.sub(outside.mul(s).mul(g).mul(values.of(zero)));
    }
    return rounded.values(s, slopes);
  }

  private double[] zeroPoints() {
    return Arrays.stream(start.zeroPoints()).asDoubleStream().toArray();
  }

  /** Lifts scales that a step took too far down, and brings zero points back to codes. */
  void keepInRange() {
    change(scale, (channel, now) -> Math.max(now, start.scale(channel) * LEAST_PART));
    if (zero != null) {
      change(zero, (channel, now) -> Math.max(start.qmin(), Math.min(start.qmax(), now)));
    }
  }

  /** What becomes of a channel's value. */
  @FunctionalInterface
  private interface Correction {
    float of(int channel, float now);
  }

  private static void change(Parameter parameter, Correction correction) {
    float[] values = parameter.getArray().toFloatArray();
    boolean changed = false;
    for (int channel = 0; channel < values.length; channel++) {
      float now = values[channel];
      values[channel] = correction.of(channel, now);
      changed |= values[channel] != now;
    }
    if (changed) {
      parameter.getArray().set(values);
    }
  }

  /** The encoding with scales and zero points as of now. */
  Encoding encoding() {
    int[] zeros = start.zeroPoints();
    if (zero != null) {
      float[] now = zero.getArray().toFloatArray();
      Arrays.setAll(zeros, channel -> (int) Math.rint(now[channel]));
    }
    return new Encoding(
        start.bits(),
        start.signed(),
        start.narrow(),
        scale.getArray().toFloatArray(),
        zeros,
        start.axis());
  }
}
