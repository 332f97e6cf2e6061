// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fabriq.importing.Refusal;
import org.fabriq.importing.SourceOperation;

/**
 * A model as a file states it, in FabriQ's words.
 *
 * @param file what errors call it
 * @param input what it is given
 * @param output the input, or what one of the steps gives; null if what gives it is refused
 * @param steps in an order in which each comes after those that it takes from
 * @param operations of the file, in its order, whether they become steps or not
 * @param refusals the operations of the file that are no steps, since they are not taken
 * @param notes what a user must know, as sentences
 */
public record ModelGraph(
    String file,
    Signal input,
    Signal output,
    List<Step> steps,
    List<SourceOperation> operations,
    List<Refusal> refusals,
    List<String> notes) {
  /** Copies the lists. */
  public ModelGraph {
    steps = List.copyOf(steps);
    operations = List.copyOf(operations);
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  /** The same model without steps that its output does not need. */
  public ModelGraph onlyNeeded() {
    if (output == null) {
      return this;
    }
    Set<Signal> needed = new HashSet<>(Set.of(output));
    Deque<Step> kept = new ArrayDeque<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (needed.contains(step.output())) {
        needed.addAll(step.inputs());
        kept.addFirst(step);
      }
    }
    return withSteps(List.copyOf(kept));
  }

  /** The same model with other steps. */
  public ModelGraph withSteps(List<Step> others) {
    return new ModelGraph(file, input, output, others, operations, refusals, notes);
  }

  /** Whether any tensor between layers is codes. */
  public boolean quantized() {
    return input.codes() != null || steps.stream().anyMatch(step -> step.output().codes() != null);
  }
}
