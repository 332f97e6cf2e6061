// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Locale;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Model;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;

/**
 * Says which values the input of an integer network can hold, and warns of samples that are cut off
 * since they were not normalized as those that the network was made for.
 *
 * @param codes of the input
 */
record InputRange(Encoding codes) {
  private static final double TOLERATED = 0.01;

  /** Warns once, on standard error, if more than 1 % of the values are outside of the range. */
  static void warn(Model model, String name, TestSet test, Screen screen) {
    if (model instanceof IntegerNetwork network) {
      InputRange range = new InputRange(network.inputCodes());
      double outside = range.outside(test);
      if (outside > TOLERATED) {
        screen
            .err()
            .printf(
                Locale.ROOT,
                "fabriq: warning: %.1f %% of the values of the samples are not within %s, which is"
                    + " all that the input of %s holds, and are cut off; say by --normalize how"
                    + " samples become what it was made for%n",
                100 * outside,
                range.ends(),
                name);
        screen.err().flush();
      }
    }
  }

  /** The share of values that lose more than rounding takes. */
  private double outside(TestSet test) {
    double half = 0.5 * codes.scale(0);
    double least = least() - half;
    double greatest = greatest() + half;
    if (test.samples().arePixels() && least <= 0 && greatest >= 1) {
      return 0; // without reading all of them: bytes of pixels are 0 to 1
    }
    long outside = 0;
    long all = 0;
    for (int i = 0; i < test.batches(); i++) {
      Float32Tensor batch = test.batch(i);
      all += batch.size();
      for (int k = 0; k < batch.size(); k++) {
        float value = batch.get(k);
        outside += value < least || value > greatest ? 1 : 0;
      }
    }
    return (double) outside / all;
  }

  private double least() {
    return codes.dequantize(codes.qmin(), 0);
  }

  private double greatest() {
    return codes.dequantize(codes.qmax(), 0);
  }

  /** As {@code 0 to 1}. */
  private String ends() {
    return "%s to %s".formatted(number(least()), number(greatest()));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.5g", value);
    return text.matches("[^e]*\\.[^e]*") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** As {@code codes of 8 bits, scale 0.0039216, zero point -128: values of 0 to 1}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "codes of %d bits, scale %s, zero point %d: values of %s",
        codes.bits(),
        number(codes.scale(0)),
        codes.zeroPoint(0),
        ends());
  }
}
