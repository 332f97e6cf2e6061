// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.plan.Arithmetic;

/**
 * Refuses options of {@code compare} and {@code infer} that say how to quantize, where the
 * arithmetics that run leave nothing for them to say.
 */
final class QuantizationUse {
  private static final Set<Arithmetic> KERNELS = EnumSet.of(Arithmetic.F32I8, Arithmetic.I8I8);
  private static final Set<Arithmetic> FITTED = EnumSet.of(Arithmetic.I8I8, Arithmetic.INTEGER);
  private static final Set<Arithmetic> INT8 = EnumSet.of(Arithmetic.I8I8);

  private final GivenOptions given;
  private final Placements plans;
  private final List<Arithmetic> run;

  private QuantizationUse(GivenOptions given, Placements plans, List<Arithmetic> run) {
    this.given = given;
    this.plans = plans;
    this.run = run;
  }

  /**
   * Refuses the options that were given in vain.
   *
   * @param run the arithmetics beside fp32
   * @throws org.fabriq.InvalidArgumentException if there is one; it says why nothing comes of it
   */
  static void check(
      GivenOptions given,
      Placements plans,
      QuantizationOptions quantization,
      List<Arithmetic> run) {
    QuantizationUse use = new QuantizationUse(given, plans, run);
    for (Set<Arithmetic> variants : quantization.schemeVariants()) {
      use.require(variants, plans::quantizes, ArithmeticSchemes.OPTION);
    }
    use.require(KERNELS, any -> true, "--semantics");
    use.require(INT8, any -> true, "--result-type");
    use.require(FITTED, plans::fits, "--input-scheme", "--calibrate", "--training-data");
    use.require(INT8, plans::fits, "--output-scheme", "--logit-scheme");
    use.requireInt8(quantization);
  }

  /**
   * Refuses options if no arithmetic that runs takes them.
   *
   * @param about the arithmetics that they are for
   * @param used whether one of these takes them
   */
  private void require(Set<Arithmetic> about, Predicate<Arithmetic> used, String... options) {
    List<Arithmetic> fitting = run.stream().filter(about::contains).toList();
    if (plans.model() instanceof IntegerNetwork) {
      given.refuse(
          true,
          "%s holds an integer network, which is quantized already".formatted(plans.modelName()),
          "leave it out, or give the network it was made of",
          options);
    } else if (fitting.isEmpty()) {
      given.refuse(
          true,
          "it is for %s, and what runs is %s".formatted(labels(about), labels(run)),
          "leave it out, or let one of these run",
          options);
    } else {
      given.refuse(
          plans.layers().isEmpty(),
          plans.modelName() + " has no layers with weights",
          "leave it out",
          options);
      given.refuse(
          fitting.stream().noneMatch(used),
          "%s holds the codes of all layers on the device".formatted(plans.modelName()),
          "leave it out, or give the network in fp32",
          options);
    }
  }

  /** Refuses schemes of outputs that are raw sums. */
  private void requireInt8(QuantizationOptions quantization) {
    boolean last = plans.placesLast();
    boolean others = plans.layers().size() > (last ? 1 : 0);
    boolean logits = last && !quantization.raw(true);
    String remedy = "leave it out, or give --result-type int8";
    given.refuse(
        !logits && !(others && !quantization.raw(false)),
        "the layers on the device give int32",
        remedy,
        "--output-scheme");
    given.refuse(
        !logits,
        last ? "the last layer gives int32" : "the last layer is not on the device",
        last ? remedy : "leave it out, or give --offload all --result-type int8",
        "--logit-scheme");
  }

  private static String labels(Collection<Arithmetic> arithmetics) {
    return arithmetics.stream().map(Arithmetic::label).collect(Collectors.joining(", "));
  }
}
