// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Optional;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.LayerSink;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * The mean of each window, exact, with one rounding. Where codes keep their meaning it is the mean
 * code, which stands for the mean of the values within half a step; else the mean is rescaled, M =
 * S_A / S_C:
 *
 * <pre>
 *  qC = halfEven(sum of codes / count)                                    without rescaling
 *  qC = clamp(halfEven((sum of codes - count zA) M / count) + zC)          with it
 * </pre>
 *
 * Other roundings are those of {@link MeanRounding}.
 *
 * @param countPadding whether padding takes part, as the zero point
 * @param input what codes stand for before
 * @param output what they stand for after; the same as input without rescaling
 * @param rescaling M, of which the shift is at most {@value #MAX_SHIFT}; null for none, and where
 *     the rounding makes its own of the scales
 */
public record IntegerAveragePool(
    String name,
    Window window,
    boolean countPadding,
    Encoding input,
    Encoding output,
    Requantization rescaling,
    MeanRounding rounding)
    implements UnaryIntegerLayer {
  private static final int MAX_SHIFT = 32;

  /**
   * @throws InvalidArgumentException if codes change their meaning without rescaling, or it is out
   *     of its range
   */
  public IntegerAveragePool {
    TensorCodes.check("input of " + name, input);
    TensorCodes.check("output of " + name, output);
    if (rounding != MeanRounding.HALF_EVEN && rescaling != null
        || rounding == MeanRounding.TFLITE_POOL && !input.equals(output)) {
      throw new InvalidArgumentException(
          "layer %s: %s to %s with multiplier %s; the rounding %s takes no multiplier%s"
              .formatted(
                  name,
                  input,
                  output,
                  rescaling,
                  rounding.word(),
                  rounding == MeanRounding.TFLITE_POOL ? " and keeps codes" : ""));
    }
    boolean own = rounding == MeanRounding.HALF_EVEN;
    if (own && (rescaling == null ? !input.equals(output) : rescaling.shift() > MAX_SHIFT)) {
      throw new InvalidArgumentException(
          "layer %s: %s to %s with multiplier %s; it takes one with a shift of at most %d"
              .formatted(name, input, output, rescaling, MAX_SHIFT));
    }
  }

  /** Without rescaling. */
  public IntegerAveragePool(String name, Window window, boolean countPadding, Encoding codes) {
    this(name, window, countPadding, codes, codes, null, MeanRounding.HALF_EVEN);
  }

  /**
   * With the multiplier of two encodings; without rescaling if they are the same.
   *
   * @throws InvalidArgumentException if the scales are too far apart
   */
  public static IntegerAveragePool rescaled(
      String name, Window window, boolean countPadding, Encoding input, Encoding output) {
    Requantization rescaling =
        input.equals(output) ? null : Requantization.of(input.scale(0), 1, output.scale(0));
    return new IntegerAveragePool(
        name, window, countPadding, input, output, rescaling, MeanRounding.HALF_EVEN);
  }

  /**
   * The same layer with another rounding.
   *
   * @throws InvalidArgumentException if codes change their meaning, and the rounding does not
   */
  public IntegerAveragePool with(MeanRounding other) {
    return other == MeanRounding.HALF_EVEN
        ? rescaled(name, window, countPadding, input, output)
        : new IntegerAveragePool(name, window, countPadding, input, output, null, other);
  }

  /** Reads the file form. */
  static IntegerAveragePool read(IntegerLayerSource source) {
    String name = source.layer().name();
    Window window = source.layer().window();
    boolean countPadding = source.layer().flag("count-padding");
    if (source.layer().has("rounding")) {
      MeanRounding rounding = MeanRounding.of(source.layer().json().text("rounding"));
      return new IntegerAveragePool(
          name, window, countPadding, source.codes(0), source.output(), null, rounding);
    }
    if (!source.layer().has("output")) {
      return new IntegerAveragePool(name, window, countPadding, source.codes(0));
    }
    return new IntegerAveragePool(
        name,
        window,
        countPadding,
        source.codes(0),
        source.output(),
        Requantization.of(source.layer().number("multiplier")),
        MeanRounding.HALF_EVEN);
  }

  @Override
  public void describe(LayerSink sink) {
    sink.putWithKernel(window);
    sink.put("count-padding", countPadding);
    if (rounding != MeanRounding.HALF_EVEN) {
      sink.put("output", EncodingJson.json(output));
      sink.put("rounding", rounding.word());
    } else if (rescaling != null) {
      sink.put("output", EncodingJson.json(output));
      sink.put("multiplier", rescaling.multiplier());
    }
  }

  @Override
  public Optional<Encoding> outputCodes() {
    return Optional.of(output);
  }

  @Override
  public SampleShape outputShape(SampleShape shape) {
    return new AveragePoolLayer(name, window, countPadding).output(shape);
  }

  @Override
  public Tensor reference(Int8Tensor x) {
    return IntegerPooling.reference(
        x, window, taps -> mean(IntStream.of(taps).asLongStream().sum(), taps.length));
  }

  /**
   * The mean of the taps within the image, and of padding if it counts.
   *
   * @param sum of the codes within
   * @param within how many they are, at least 1
   */
  public int mean(long sum, int within) {
    int count = countPadding ? window.taps() : within;
    long zero = input.zeroPoint(0);
    long whole = sum + (count - within) * zero;
    if (rounding == MeanRounding.TFLITE_POOL) {
      return (int) MeanRounding.halfAwayQuotient(whole, count);
    }
    if (rounding == MeanRounding.TFLITE_MEAN) {
      int values = (int) (whole - count * zero);
      return clamped(MeanRounding.tfliteMean(values, count, input.scale(0), output.scale(0)));
    }
    if (rescaling == null) {
      return (int) halfEvenQuotient(whole, count);
    }
    long scaled = (whole - count * zero) * rescaling.significand();
    return clamped(halfEvenQuotient(scaled, (long) count << rescaling.shift()));
  }

  private int clamped(long steps) {
    return (int) Math.max(output.qmin(), Math.min(output.qmax(), steps + output.zeroPoint(0)));
  }

  /** halfEven(sum / count), exactly. */
  static long halfEvenQuotient(long sum, long count) {
    long floor = Math.floorDiv(sum, count);
    long rest = Math.floorMod(sum, count);
    boolean up = rest > count - rest || rest == count - rest && (floor & 1) != 0;
    return floor + (up ? 1 : 0);
  }
}
