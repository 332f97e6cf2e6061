// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Requantization;
import org.fabriq.quant.RequantizationFlavour;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq rounding}: where the field's integer requantizations differ. */
@Command(
    name = "rounding",
    mixinStandardHelpOptions = true,
    description = {
      "Show where the integer requantizations of the field differ.",
      "They are exact half-even, which the kernels use, and TFLite's with two "
          + "roundings and with one. Results are before zero point and clamp."
    },
    footer = {
      "Count the differences for the multipliers that show them best:",
      "  fabriq rounding",
      "Count them for a multiplier of your own:",
      "  fabriq rounding --multiplier 0.3 --samples 100000"
    })
final class RoundingCommand implements Callable<Integer> {
  private static final int LARGEST = 1 << 20;

  @Option(
      names = "--multiplier",
      paramLabel = "M",
      description =
          "This multiplier is tried; the option may be given several times. The "
              + "default is 0.5, 0.125 and 1000 random ones.")
  private List<Float> multipliers = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Each line counts over N accumulators. The default is ${DEFAULT-VALUE}.")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Accumulators and random multipliers depend on this number alone. The "
              + "default is ${DEFAULT-VALUE}.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (samples < 1) {
      throw new InvalidArgumentException("--samples %d is below 1".formatted(samples));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("seed %d, accumulators in [-%,d, %,d)%n%n", seed, LARGEST, LARGEST);
    List<Float> chosen = multipliers.isEmpty() ? List.of(0.5f, 0.125f) : multipliers;
    for (float multiplier : chosen) {
      printTies(out, Requantization.of(multiplier));
    }
    out.printf("%-22s %-24s %14s  %s%n", "multiplier", "flavour", "differ", "first where");
    for (float multiplier : chosen) {
      printDifferences(out, Float.toString(multiplier), List.of(Requantization.of(multiplier)));
    }
    if (multipliers.isEmpty()) {
      printDifferences(out, "1000 in [2^-12, 2^-6)", randomMultipliers());
    }
    out.flush();
    return ExitCode.OK;
  }

  /** The accumulators next to -2.5 / M .. 2.5 / M, which are ties where they are whole. */
  private static void printTies(PrintWriter out, Requantization multiplier) {
    long[] accumulators = new long[6];
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i] =
          Math.max(
              Integer.MIN_VALUE,
              Math.min(Integer.MAX_VALUE, Math.round((i - 2.5) / multiplier.multiplier())));
    }
    out.printf("M = %s%n  %-24s", multiplier.multiplier(), "accumulator");
    for (long accumulator : accumulators) {
      out.printf(" %9d", accumulator);
    }
    for (RequantizationFlavour flavour : RequantizationFlavour.values()) {
      out.printf("%n  %-24s", flavour);
      for (long accumulator : accumulators) {
        out.printf(" %9d", flavour.apply((int) accumulator, multiplier));
      }
    }
    out.printf("%n%n");
  }

  private void printDifferences(PrintWriter out, String name, List<Requantization> candidates) {
    for (RequantizationFlavour flavour : RequantizationFlavour.values()) {
      if (flavour == RequantizationFlavour.EXACT) {
        continue;
      }
      SplittableRandom random = new SplittableRandom(seed);
      int differ = 0;
      String first = "";
      for (int i = 0; i < samples; i++) {
        int accumulator = random.nextInt(-LARGEST, LARGEST);
        Requantization multiplier = candidates.get(i % candidates.size());
        long exact = RequantizationFlavour.EXACT.apply(accumulator, multiplier);
        long other = flavour.apply(accumulator, multiplier);
        if (exact != other && differ++ == 0) {
          first =
              "%d * %s: %d, exact %d".formatted(accumulator, multiplier.multiplier(), other, exact);
        }
      }
      out.printf("%-22s %-24s %13.4f%%  %s%n", name, flavour, 100.0 * differ / samples, first);
    }
  }

  private List<Requantization> randomMultipliers() {
    SplittableRandom random = new SplittableRandom(seed);
    List<Requantization> list = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      list.add(Requantization.of((float) Math.pow(2, random.nextDouble(-12, -6))));
    }
    return list;
  }
}
