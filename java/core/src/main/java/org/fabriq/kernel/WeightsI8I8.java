// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Int8Tensor;

/**
 * Weights of {@link KernelType#I8I8}: acc = sum over k of (A - zeroA) * (B - zeroB) + bias, then
 * {@link Int8Output} or the raw int32.
 *
 * <p>The accumulator fits int32 for every A there can be: that is checked here, column by column.
 */
public final class WeightsI8I8 implements MatmulWeights {
  private final Int8Tensor b;
  private final CodeWidth width;
  private final int zeroA;
  private final int[] zeroB;
  private final int[] bias;
  private final Int8Output int8;
  private final ByteBuffer columns;

  private WeightsI8I8(
      Int8Tensor b, CodeWidth width, int zeroA, int[] zeroB, int[] bias, Int8Output int8) {
    int n = b.columns();
    KernelLimits.check(KernelType.I8I8, 1, b.rows(), n);
    ColumnParameters.checkInt8("zero point of A", zeroA);
    if (bias != null) {
      ColumnParameters.checkLength("bias", bias.length, n);
    }
    if (int8 != null) {
      ColumnParameters.checkLength("multipliers", int8.multipliers().size(), n);
    }
    width.check(b);
    this.b = b;
    this.width = width;
    this.zeroA = zeroA;
    this.zeroB = ColumnParameters.zeroPoints(zeroB, n);
    this.bias = bias == null ? new int[n] : bias.clone();
    this.int8 = int8;
    this.columns = pack();
  }

  /**
   * Weights whose C is int8, with codes of 8 bits.
   *
   * @param b K x N, taken over
   * @param zeroA the zero point of A, -128 to 127
   * @param zeroB one per column, -128 to 127; null for zeros
   * @param bias one per column, in units of the accumulator; null for zeros
   * @throws InvalidArgumentException if a size or a value is out of its range, or an accumulator
   *     could leave int32
   */
  public static WeightsI8I8 requantized(
      Int8Tensor b, int zeroA, int[] zeroB, int[] bias, Int8Output output) {
    return requantized(b, CodeWidth.INT8, zeroA, zeroB, bias, output);
  }

  /**
   * Weights whose C is int8; parameters as of {@link #requantized(Int8Tensor, int, int[], int[],
   * Int8Output)}.
   *
   * @param width of the codes of B, each of which must fit it
   */
  public static WeightsI8I8 requantized(
      Int8Tensor b, CodeWidth width, int zeroA, int[] zeroB, int[] bias, Int8Output output) {
    return new WeightsI8I8(b, width, zeroA, zeroB, bias, output);
  }

  /**
   * Weights whose C is the int32 accumulator; parameters as of {@link #requantized(Int8Tensor, int,
   * int[], int[], Int8Output)}.
   */
  public static WeightsI8I8 raw(Int8Tensor b, int zeroA, int[] zeroB, int[] bias) {
    return raw(b, CodeWidth.INT8, zeroA, zeroB, bias);
  }

  /**
   * Weights whose C is the int32 accumulator.
   *
   * @param width of the codes of B, each of which must fit it
   */
  public static WeightsI8I8 raw(Int8Tensor b, CodeWidth width, int zeroA, int[] zeroB, int[] bias) {
    return new WeightsI8I8(b, width, zeroA, zeroB, bias, null);
  }

  /**
   * The weights of a quantized layer whose C is int8, in the least width that holds the codes of
   * its encoding.
   *
   * @param w N x K, as a layer stores it, per tensor or per index of axis 0; transposed into a copy
   * @param a what A is, per tensor
   * @param bias real values, quantized to halfEven(bias / (scale of a * scale of w)), evaluated in
   *     double; null for none
   * @param c what C shall be, per tensor; the multiplier is {@link Requantization#of(float, float,
   *     float)} of the three scales
   * @throws InvalidArgumentException if an encoding is per channel, along another axis or of over 8
   *     bits where it must not be, or as {@link #requantized(Int8Tensor, int, int[], int[],
   *     Int8Output)}
   */
  public static WeightsI8I8 ofLayer(QuantizedTensor w, Encoding a, float[] bias, Encoding c) {
    checkPerTensor("A", a);
    checkPerTensor("C", c);
    QuantizedTensor matrix = w.matrix();
    List<Requantization> multipliers = new ArrayList<>();
    for (int n = 0; n < matrix.codes().rows(); n++) {
      multipliers.add(Requantization.of(a.scale(0), matrix.encoding().scale(n), c.scale(0)));
    }
    return ofMatrix(
        matrix, a, bias, new Int8Output(multipliers, c.zeroPoint(0), c.qmin(), c.qmax()));
  }

  /** The weights of a quantized layer whose C is int32, of scale a * w; see {@link #ofLayer}. */
  public static WeightsI8I8 rawOfLayer(QuantizedTensor w, Encoding a, float[] bias) {
    checkPerTensor("A", a);
    return ofMatrix(w.matrix(), a, bias, null);
  }

  private static WeightsI8I8 ofMatrix(
      QuantizedTensor w, Encoding a, float[] bias, Int8Output output) {
    int n = w.codes().rows();
    int[] zeroB = IntStream.range(0, n).map(w.encoding()::zeroPoint).toArray();
    int[] quantizedBias = bias == null ? null : quantizeBias(w.encoding(), a.scale(0), bias, n);
    CodeWidth width = CodeWidth.of(w.encoding());
    return new WeightsI8I8(
        w.codes().transpose(), width, a.zeroPoint(0), zeroB, quantizedBias, output);
  }

  private static int[] quantizeBias(Encoding w, float scaleA, float[] bias, int n) {
    float[] checked = ColumnParameters.bias(bias, n);
    int[] quantized = new int[n];
    for (int i = 0; i < n; i++) {
      double units = Math.rint(checked[i] / ((double) scaleA * w.scale(i)));
      quantized[i] = (int) units;
      if (quantized[i] != units) {
        throw new InvalidArgumentException(
            "bias %s of column %d is %.0f accumulator units, limit +-2^31; enlarge the scales"
                .formatted(checked[i], i, units));
      }
    }
    return quantized;
  }

  private static void checkPerTensor(String letter, Encoding encoding) {
    if (encoding.perChannel() || encoding.qmin() < -128 || encoding.qmax() > 127) {
      throw new InvalidArgumentException(
          "%s as %s; it must be one scale for the tensor and codes within [-128, 127]"
              .formatted(letter, encoding));
    }
  }

  private ByteBuffer pack() {
    ColumnParameters parameters = new ColumnParameters(n());
    for (int n = 0; n < n(); n++) {
      long sum = 0;
      long least = bias[n];
      long greatest = bias[n];
      for (int k = 0; k < k(); k++) {
        sum += b.get(k * n() + n);
        int weight = b.get(k * n() + n) - zeroB[n];
        int low = (-128 - zeroA) * weight;
        int high = (127 - zeroA) * weight;
        least += Math.min(low, high);
        greatest += Math.max(low, high);
      }
      if (least < Integer.MIN_VALUE || greatest > Integer.MAX_VALUE) {
        throw new InvalidArgumentException(
            "column %d can accumulate %,d to %,d, limit +-2^31; split K or reduce the bias"
                .formatted(n, least, greatest));
      }
      int folded = (int) (bias[n] - zeroA * sum + (long) k() * zeroA * zeroB[n]);
      int word = int8 == null ? 0 : int8.multipliers().get(n).word();
      parameters.set(n, folded, word, zeroB[n]);
    }
    return parameters.packed();
  }

  @Override
  public KernelType type() {
    return KernelType.I8I8;
  }

  @Override
  public OutputType output() {
    return int8 == null ? OutputType.INT32 : OutputType.INT8;
  }

  @Override
  public Int8Tensor b() {
    return b;
  }

  @Override
  public int bitsOfB() {
    return width.bits();
  }

  @Override
  public Int8Tensor packedB() {
    return width.pack(b);
  }

  /** The zero point of A. */
  public int zeroA() {
    return zeroA;
  }

  /** The zero point of a column of B. */
  public int zeroB(int column) {
    return zeroB[column];
  }

  /** The bias of a column, without anything folded in. */
  public int bias(int column) {
    return bias[column];
  }

  /** How int8 is made of the accumulators; empty for {@link OutputType#INT32}. */
  public Optional<Int8Output> int8Output() {
    return Optional.ofNullable(int8);
  }

  @Override
  public ByteBuffer columns() {
    return columns;
  }
}
