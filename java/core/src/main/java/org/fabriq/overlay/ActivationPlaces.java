// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where each tensor lies in the activation memory: its first line, from the layer that gives it to
 * the last that takes it. The input lies at line 0, and again behind that where there are two
 * places for it.
 *
 * @param bases the first line of each tensor; -1 for what goes to the results
 * @param twice whether the input has two places
 * @param lines that are used at all
 */
record ActivationPlaces(int[] bases, boolean twice, int lines) {

  /**
   * Finds places.
   *
   * @param lines of each tensor
   * @param firsts the layer that gives each tensor, -1 for the input
   * @param lasts the last layer that takes it; -1 for none, which needs no place
   * @param twice whether the input shall have two places
   * @param limit the lines there are
   * @return empty if they do not fit
   */
  static Optional<ActivationPlaces> find(
      int[] lines, int[] firsts, int[] lasts, boolean twice, int limit) {
    if (twice) {
      return tried(lines, firsts, lasts, limit, 1, true, false)
          .or(() -> tried(lines, firsts, lasts, limit, 1, true, true));
    }
    // As early as possible nothing lies where the input was, so that the next one can be loaded.
    for (int clear = 1; clear <= lines.length; clear++) {
      for (boolean alternate : new boolean[] {false, true}) {
        var found = tried(lines, firsts, lasts, limit, clear, false, alternate);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * @param clear the first tensor that keeps off the input's place
   * @param alternate whether every other tensor is put as high as possible
   */
  private static Optional<ActivationPlaces> tried(
      int[] lines,
      int[] firsts,
      int[] lasts,
      int limit,
      int clear,
      boolean twice,
      boolean alternate) {
    int[] bases = new int[lines.length];
    Arrays.fill(bases, -1);
    bases[0] = 0;
    int input = twice ? 2 * lines[0] : lines[0];
    int used = input;
    for (int t = 1; t < lines.length; t++) {
      if (lasts[t] >= 0) {
        List<int[]> taken = new ArrayList<>();
        if (t >= clear || lasts[0] >= firsts[t]) {
          taken.add(new int[] {0, input});
        }
        for (int other = 1; other < t; other++) {
          if (bases[other] >= 0 && lasts[other] >= firsts[t]) {
            taken.add(new int[] {bases[other], bases[other] + lines[other]});
          }
        }
        bases[t] = alternate && t % 2 == 1 ? top(taken, lines[t], limit) : low(taken, lines[t]);
        if (bases[t] < 0 || bases[t] + lines[t] > limit) {
          return Optional.empty();
        }
        used = Math.max(used, bases[t] + lines[t]);
      }
    }
    return used > limit ? Optional.empty() : Optional.of(new ActivationPlaces(bases, twice, used));
  }

  private static int low(List<int[]> taken, int lines) {
    int base = 0;
    for (int[] clash = clash(taken, base, lines); clash != null; ) {
      base = clash[1];
      clash = clash(taken, base, lines);
    }
    return base;
  }

  private static int top(List<int[]> taken, int lines, int limit) {
    int base = limit - lines;
    for (int[] clash = clash(taken, base, lines); clash != null; ) {
      base = clash[0] - lines;
      clash = clash(taken, base, lines);
    }
    return base;
  }

  private static int[] clash(List<int[]> taken, int base, int lines) {
    for (int[] each : taken) {
      if (base < each[1] && each[0] < base + lines) {
        return each;
      }
    }
    return null;
  }
}
