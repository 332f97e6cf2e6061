// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.plan.Arithmetic;

/** How the weights of each variant are quantized: one scheme for all, or one for a variant. */
final class ArithmeticSchemes {
  static final String OPTION = "--scheme";

  private static final Map<Arithmetic, String> DEFAULTS =
      Map.of(
          Arithmetic.F32I8,
          "fixed:8",
          Arithmetic.I8I8,
          "per-channel",
          Arithmetic.INTEGER,
          "per-channel");

  private final Map<Arithmetic, String> schemes = new EnumMap<>(Arithmetic.class);
  private String general;

  private ArithmeticSchemes() {}

  /**
   * Reads what was given. What is said of one variant holds there, whatever is said of all.
   *
   * @param texts as {@code symmetric:4,mse} or {@code i8i8=per-channel}
   * @throws InvalidArgumentException if one is no scheme, is of a variant whose weights are not
   *     quantized, or two are of the same
   */
  static ArithmeticSchemes parse(List<String> texts) {
    ArithmeticSchemes parsed = new ArithmeticSchemes();
    texts.forEach(parsed::add);
    return parsed;
  }

  /** The scheme of a variant that quantizes weights. */
  String of(Arithmetic variant) {
    return schemes.getOrDefault(variant, general == null ? DEFAULTS.get(variant) : general);
  }

  /** The variants that each scheme is for. */
  List<Set<Arithmetic>> variants() {
    List<Set<Arithmetic>> variants = new ArrayList<>();
    schemes.keySet().forEach(variant -> variants.add(EnumSet.of(variant)));
    if (general != null) {
      variants.add(
          quantized()
              .filter(variant -> !schemes.containsKey(variant))
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(Arithmetic.class))));
    }
    return variants;
  }

  private void add(String text) {
    // A scheme has an equals sign only behind a colon, as in symmetric:4,percentile=99.9.
    int equals = text.matches("[^:=]*=.*") ? text.indexOf('=') : -1;
    String scheme = text.substring(equals + 1);
    SchemeOption.ofWeights(OPTION, scheme);
    String before;
    if (equals < 0) {
      before = general;
      general = scheme;
    } else {
      before = schemes.put(variant(text, text.substring(0, equals)), scheme);
    }
    if (before != null) {
      throw new InvalidArgumentException(
          "%s %s: %s was given for the same variants; leave one out"
              .formatted(OPTION, text, before));
    }
  }

  private static Arithmetic variant(String text, String label) {
    return quantized()
        .filter(variant -> variant.label().equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    "%s %s: '%s' is no variant with quantized weights; those are %s"
                        .formatted(
                            OPTION,
                            text,
                            label,
                            quantized().map(Arithmetic::label).collect(Collectors.joining(", ")))));
  }

  private static Stream<Arithmetic> quantized() {
    return Stream.of(Arithmetic.values()).filter(Arithmetic::quantized);
  }
}
