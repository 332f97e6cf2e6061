// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import java.util.List;

/**
 * A model as a file states it, in FabriQ's words.
 *
 * @param file what errors call it
 * @param input what it is given
 * @param output the input, or what one of the steps gives
 * @param steps in an order in which each comes after those that it takes from
 * @param notes what a user must know, as sentences
 */
public record ModelGraph(
    String file, Signal input, Signal output, List<Step> steps, List<String> notes) {
  /** Copies the lists. */
  public ModelGraph {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  /** Whether any tensor between layers is codes. */
  public boolean quantized() {
    return input.codes() != null || steps.stream().anyMatch(step -> step.output().codes() != null);
  }
}
