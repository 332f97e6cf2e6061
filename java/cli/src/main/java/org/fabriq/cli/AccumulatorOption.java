// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.accumulator.Accumulator;
import picocli.CommandLine.Option;

/** The option {@code --accumulator}. */
final class AccumulatorOption {
  @Option(
      names = "--accumulator",
      paramLabel = "BITS,WORD",
      description =
          "It also tells what summing in an accumulator of so many bits (2 to 32) would do to each"
              + " layer of i8i8 and integer: it wraps or saturates after every addition, as"
              + " 16,wrap. There is none by default.")
  private String text;

  /**
   * Refuses what is no accumulator, and forms without integer sums.
   *
   * @param form after it has read the model
   */
  void check(FormOptions form) {
    if (text == null) {
      return;
    }
    Accumulator.parse(text);
    if (!form.sumsIntegers()) {
      throw new InvalidArgumentException(
          "--accumulator %s: %s sums in fp32; choose --form i8i8 or integer, or leave it out"
              .formatted(text, form));
    }
  }

  /** Runs the trial and prints what it found, if the option was given. */
  Optional<AccumulatorReport> run(QuantizedScore test, QuantizedResult network, PrintWriter out) {
    if (text == null) {
      return Optional.empty();
    }
    AccumulatorReport report =
        new AccumulatorTrial(test, network, Accumulator.parse(text)).report();
    AccumulatorTable.print(report, out);
    return Optional.of(report);
  }
}
