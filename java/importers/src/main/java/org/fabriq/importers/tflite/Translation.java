// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.importers.graph.ModelGraph;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importing.Refusal;
import org.fabriq.importing.RefusedModelException;

/**
 * Makes a graph in FabriQ's words of that of a TensorFlow Lite file, operator by operator, each as
 * its row of {@link OperatorRule} says.
 */
final class Translation {
  private final TfliteModel model;
  private final TensorNames names;
  private final Signals signals;
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<Integer> missing = new HashSet<>();

  private Translation(TfliteModel model) {
    this.model = model;
    this.names = new TensorNames(model);
    this.signals = new Signals(model, names);
  }

  /**
   * The graph of a file; operators that are not taken are its refusals.
   *
   * @throws RefusedModelException if inputs or outputs of the model are not taken
   * @throws FileFormatException if operators do not follow one another
   */
  static ModelGraph graph(TfliteModel model) {
    return new Translation(model).run();
  }

  private ModelGraph run() {
    Signal input = input();
    Set<Integer> made = new HashSet<>(List.of(model.inputs()[0]));
    for (TfliteOperator next : model.operators()) {
      signals.begin(next);
      checkOrder(next, made);
      translate(next);
    }
    int output = model.outputs()[0];
    if (!made.contains(output)) {
      throw wrong("graph outputs", model.tensor(output), "a tensor that is made");
    }
    Signal given = output(output);
    return new ModelGraph(
        model.file(),
        input,
        given,
        signals.steps(),
        OperatorRoles.of(model),
        refusals,
        signals.notes());
  }

  private Signal output(int index) {
    if (missing.contains(index)) {
      return null;
    }
    try {
      return signals.plain(index);
    } catch (NotTakenException e) {
      refusals.add(NotTakenException.refusal("output", names.of(index), e));
      return null;
    }
  }

  /** The input of the graph; refuses a model whose borders are not taken. */
  private Signal input() {
    if (model.subgraphs() != 1) {
      refuse("graph", "%d graphs".formatted(model.subgraphs()), "export a single function");
    }
    if (model.inputs().length != 1) {
      refuse("input", "%d inputs".formatted(model.inputs().length), "export a model with one");
    }
    if (model.outputs().length != 1) {
      refuse("output", "%d outputs".formatted(model.outputs().length), "export a model with one");
    }
    for (int index : model.inputs()) {
      TfliteTensor tensor = model.tensor(index);
      if (tensor.rank() < 2 || tensor.shape()[0] != 1) {
        refuse("input", "batch of " + tensor, "convert the model with a batch of 1");
      }
      try {
        signals.input(index);
      } catch (NotTakenException | InvalidArgumentException e) {
        refusals.add(NotTakenException.refusal("input", names.of(index), e));
      }
    }
    if (!refusals.isEmpty()) {
      model.operators().forEach(this::refuseUnknown);
      throw new RefusedModelException(model.file(), refusals, OperatorRoles.of(model));
    }
    return signals.plain(model.inputs()[0]);
  }

  private void refuse(String border, String reason, String remedy) {
    refusals.add(new Refusal(border, "of the model", reason, remedy));
  }

  private void refuseUnknown(TfliteOperator next) {
    try {
      OperatorRule.of(next);
    } catch (NotTakenException e) {
      refusals.add(NotTakenException.refusal(next.type(), names.of(next), e));
    }
  }

  /** Refuses tensors that nothing before an operator makes, and those that are made twice. */
  private void checkOrder(TfliteOperator next, Set<Integer> made) {
    for (int input : next.inputs()) {
      if (input >= 0 && !made.contains(input) && !model.tensor(input).isConstant()) {
        throw wrong(next + " inputs", model.tensor(input), "a tensor that is made before");
      }
    }
    for (int output : next.outputs()) {
      if (!made.add(output) || model.tensor(output).isConstant()) {
        throw wrong(next + " outputs", model.tensor(output), "a tensor that is made once");
      }
    }
  }

  private FileFormatException wrong(String place, TfliteTensor tensor, String expected) {
    return new FileFormatException(
        model.file(), place, tensor.toString(), expected, "convert the model again");
  }

  /** One that only lacks what a refused one would give is left out, and not named. */
  private void translate(TfliteOperator next) {
    try {
      OperatorRule rule = OperatorRule.of(next);
      if (next.outputs().length != 1) {
        throw new NotTakenException(
            "%d outputs".formatted(next.outputs().length), "convert the model again");
      }
      if (IntStream.of(next.inputs()).noneMatch(missing::contains)) {
        rule.rule().translate(next, signals);
        return;
      }
    } catch (NotTakenException | InvalidArgumentException e) {
      refusals.add(NotTakenException.refusal(next.type(), names.of(next), e));
    }
    IntStream.of(next.outputs()).forEach(missing::add);
  }
}
