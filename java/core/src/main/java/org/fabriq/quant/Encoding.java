// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Arrays;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * What integer codes mean: q stands for S * (q - Z). Immutable; equal by value.
 *
 * <p>Quantization is q = clamp(halfEven(x / S) + Z, qmin, qmax) of the real quotient. It is
 * evaluated in double, which suffices: x and S have 24-bit significands and a quotient that does
 * not saturate lies below 2^17, so a quotient that is no tie is at least 2^-42 (relative) away from
 * one, more than the 2^-53 a double division may err; and a tie is a double, so it is met exactly.
 * Dequantization is fl((q - Z) * S), one fp32 multiplication of an exact integer, infinite beyond
 * the range of fp32.
 *
 * @param bits 1 to 16
 * @param signed codes in [-2^(bits-1), 2^(bits-1) - 1], else in [0, 2^bits - 1]
 * @param narrow drops the least code; only signed, from 2 bits on
 * @param scales S, finite and above 0: one for the tensor, or one per index of an axis
 * @param zeroPoints Z, within the codes; as many as scales
 * @param axis that of the channels, counted from the end where it is negative; 0 with one scale
 */
public record Encoding(
    int bits, boolean signed, boolean narrow, float[] scales, int[] zeroPoints, int axis) {
  /** The most bits of a code. */
  public static final int MAX_BITS = 16;

  /**
   * @throws InvalidArgumentException if a value is out of its range; names it
   */
  public Encoding {
    checkBits(bits);
    if (narrow && (!signed || bits < 2)) {
      throw new InvalidArgumentException(
          "narrow range with %d bits, %s; it needs signed codes of at least 2 bits"
              .formatted(bits, signed ? "signed" : "unsigned"));
    }
    if (scales.length == 0 || scales.length != zeroPoints.length) {
      throw new InvalidArgumentException(
          "%d scales and %d zero points; give one each, or one each per channel"
              .formatted(scales.length, zeroPoints.length));
    }
    axis = scales.length == 1 ? 0 : axis;
    ChannelAxis.check(axis);
    scales = scales.clone();
    zeroPoints = zeroPoints.clone();
    for (int channel = 0; channel < scales.length; channel++) {
      if (!(scales[channel] > 0) || Float.isInfinite(scales[channel])) {
        throw new InvalidArgumentException(
            "scale %s of channel %d; a scale must be finite and above 0"
                .formatted(scales[channel], channel));
      }
      int zero = zeroPoints[channel];
      if (zero < qmin(bits, signed, narrow) || zero > qmax(bits, signed)) {
        throw new InvalidArgumentException(
            "zero point %d of channel %d; it must be a code, %d to %d"
                .formatted(zero, channel, qmin(bits, signed, narrow), qmax(bits, signed)));
      }
    }
  }

  /** With channels along axis 0, if there are several. */
  public Encoding(int bits, boolean signed, boolean narrow, float[] scales, int[] zeroPoints) {
    this(bits, signed, narrow, scales, zeroPoints, 0);
  }

  /** A signed or unsigned encoding of a whole tensor, of full range. */
  public static Encoding perTensor(int bits, boolean signed, float scale, int zeroPoint) {
    return new Encoding(bits, signed, false, new float[] {scale}, new int[] {zeroPoint});
  }

  /** The same codes with every scale 1: a code stands for itself, less its zero point. */
  public Encoding withUnitScale() {
    float[] ones = new float[scales.length];
    Arrays.fill(ones, 1);
    return withScales(ones);
  }

  /**
   * The same codes with other scales.
   *
   * @param others as many as there are
   */
  public Encoding withScales(float[] others) {
    return new Encoding(bits, signed, narrow, others, zeroPoints, axis);
  }

  /** The same scales and zero points along another axis. */
  public Encoding withAxis(int other) {
    return new Encoding(bits, signed, narrow, scales, zeroPoints, other);
  }

  /** The least code. */
  public int qmin() {
    return qmin(bits, signed, narrow);
  }

  /** The greatest code. */
  public int qmax() {
    return qmax(bits, signed);
  }

  private static int qmin(int bits, boolean signed, boolean narrow) {
    return signed ? -(1 << (bits - 1)) + (narrow ? 1 : 0) : 0;
  }

  private static int qmax(int bits, boolean signed) {
    return (1 << (signed ? bits - 1 : bits)) - 1;
  }

  /** Whether each index of the axis has its own scale and zero point. */
  public boolean perChannel() {
    return scales.length > 1;
  }

  /**
   * The channel of an element: its index along the axis, or 0 when not per channel.
   *
   * @param i row-major
   * @throws ShapeException if the tensor has other channels
   */
  public int channel(Tensor tensor, int i) {
    return i / run(tensor) % scales.length;
  }

  /** A copy. */
  @Override
  public float[] scales() {
    return scales.clone();
  }

  /** A copy. */
  @Override
  public int[] zeroPoints() {
    return zeroPoints.clone();
  }

  /** The scale of a channel; of the tensor, whatever the channel, when not per channel. */
  public float scale(int channel) {
    return scales[perChannel() ? channel : 0];
  }

  /** The zero point of a channel; of the tensor, whatever the channel, when not per channel. */
  public int zeroPoint(int channel) {
    return zeroPoints[perChannel() ? channel : 0];
  }

  /**
   * The code of a value. Infinities saturate.
   *
   * @param channel the index along the axis; of no effect when not per channel
   * @throws InvalidArgumentException if x is NaN
   */
  public int quantize(float x, int channel) {
    if (Float.isNaN(x)) {
      throw new InvalidArgumentException("NaN has no code; remove it from the data");
    }
    double rounded = Math.rint(x / (double) scale(channel)) + zeroPoint(channel);
    return (int) Math.max(qmin(), Math.min(qmax(), rounded));
  }

  /**
   * The value of a code: fl((q - Z) * S).
   *
   * @param channel the index along the axis; of no effect when not per channel
   */
  public float dequantize(int q, int channel) {
    return (q - zeroPoint(channel)) * scale(channel);
  }

  /**
   * The bytes that the codes of a tensor take when packed: one row per index of axis 0, each
   * ceil(codes per row * bits / 8). Scales and zero points, 4 bytes each, come on top.
   *
   * @throws ShapeException if a dimension is below 1
   */
  public long packedBytes(int... shape) {
    long rows = shape.length < 2 ? 1 : shape[0];
    return rows * PackedCodes.rowBytes(PackedCodes.elements(shape) / rows, bits);
  }

  /** The codes of a tensor in a new one; see {@link #quantize(Float32Tensor, Int8Tensor)}. */
  public Int8Tensor quantize(Float32Tensor in) {
    Int8Tensor out = Int8Tensor.allocate(in.shape());
    quantize(in, out);
    return out;
  }

  /**
   * The codes of a tensor, without allocation. Infinities saturate.
   *
   * @param out of the shape of in; partly written when an exception is thrown
   * @throws InvalidArgumentException at a NaN, with its index; or if the codes do not fit 8 bits
   * @throws ShapeException if shapes or channels differ
   */
  public void quantize(Float32Tensor in, Int8Tensor out) {
    check(in, out);
    int run = run(in);
    for (int from = 0, channel = 0; from < in.size(); from += run, channel++) {
      channel = channel == scales.length ? 0 : channel;
      int nan = Int8Codes.quantize(in, out, from, from + run, this, channel);
      if (nan >= 0) {
        throw ValueRange.nan(nan, in);
      }
    }
  }

  /** The values of codes in a new tensor. */
  public Float32Tensor dequantize(Int8Tensor in) {
    Float32Tensor out = Float32Tensor.allocate(in.shape());
    dequantize(in, out);
    return out;
  }

  /**
   * The values of codes, without allocation.
   *
   * @param out of the shape of in
   * @throws ShapeException if shapes or channels differ
   */
  public void dequantize(Int8Tensor in, Float32Tensor out) {
    check(out, in);
    int run = run(in);
    for (int from = 0, channel = 0; from < in.size(); from += run, channel++) {
      channel = channel == scales.length ? 0 : channel;
      Int8Codes.dequantize(in, out, from, from + run, this, channel);
    }
  }

  private void check(Float32Tensor values, Int8Tensor codes) {
    checkInt8();
    if (!values.hasShapeOf(codes)) {
      throw new ShapeException(
          "values %s and codes %s; their shapes must be the same".formatted(values, codes));
    }
  }

  static void checkBits(int bits) {
    if (bits < 1 || bits > MAX_BITS) {
      throw new InvalidArgumentException(
          "%d bits; an encoding has 1 to %d".formatted(bits, MAX_BITS));
    }
  }

  void checkInt8() {
    if (bits > (signed ? 8 : 7)) {
      throw new InvalidArgumentException(
          "%d bits, %s, do not fit signed bytes; use at most 8 bits signed or 7 unsigned"
              .formatted(bits, signed ? "signed" : "unsigned"));
    }
  }

  /** How many elements of one channel lie side by side; throws ShapeException at other channels. */
  int run(Tensor tensor) {
    if (!perChannel()) {
      return tensor.size();
    }
    int along = ChannelAxis.of(axis, tensor);
    if (tensor.dimension(along) != scales.length) {
      throw new ShapeException(
          "%d channels for %s; axis %d must be the channels"
              .formatted(scales.length, tensor, along));
    }
    return ChannelAxis.run(along, tensor);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Encoding that
        && bits == that.bits
        && signed == that.signed
        && narrow == that.narrow
        && axis == that.axis
        && Arrays.equals(scales, that.scales)
        && Arrays.equals(zeroPoints, that.zeroPoints);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(scales) + Arrays.hashCode(zeroPoints) + bits + axis;
  }

  @Override
  public String toString() {
    return "Encoding[%d bits, %s%s, scales %s, zero points %s%s]"
        .formatted(
            bits,
            signed ? "signed" : "unsigned",
            narrow ? " narrow" : "",
            Arrays.toString(scales),
            Arrays.toString(zeroPoints),
            axis == 0 ? "" : ", axis " + axis);
  }
}
