// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Optional;
import java.util.stream.IntStream;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * The mean code of each window: halfEven(sum / count), exactly. Scale and zero point stay, so it
 * stands for the mean of the values within half a step.
 *
 * @param countPadding whether padding takes part, as the zero point
 * @param codes what codes stand for, before and after
 */
public record IntegerAveragePool(String name, Window window, boolean countPadding, Encoding codes)
    implements IntegerLayer {
  @Override
  public Encoding inputCodes() {
    return codes;
  }

  @Override
  public Optional<Encoding> outputCodes() {
    return Optional.of(codes);
  }

  @Override
  public SampleShape outputShape(SampleShape input) {
    return new AveragePoolLayer(name, window, countPadding).output(input);
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
    if (!countPadding) {
      return halfEvenQuotient(sum, within);
    }
    int padding = window.taps() - within;
    return halfEvenQuotient(sum + (long) padding * codes.zeroPoint(0), window.taps());
  }

  /** halfEven(sum / count), exactly. */
  static int halfEvenQuotient(long sum, int count) {
    long floor = Math.floorDiv(sum, count);
    long twice = 2L * Math.floorMod(sum, count);
    boolean up = twice > count || twice == count && (floor & 1) != 0;
    return (int) (floor + (up ? 1 : 0));
  }
}
